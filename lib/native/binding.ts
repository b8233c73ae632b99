// SPDX-License-Identifier: MIT
// The shape of the native module. It knows file descriptors, words and fences, nothing of SMEM.

/**
 * One mapping. The functions are bound to it by pointer, so they may be called detached. Every one
 * throws an Error with `code` and `errno`: EBADF after close, EINVAL for an offset that is not a
 * whole word inside the mapping, EROFS for a store to a read-only mapping.
 */
export interface NativeMapping {
  read32(offset: number): number
  readWords(offset: number, into: Uint32Array): void
  write32(offset: number, value: number): void
  writeWords(offset: number, from: Uint32Array): void
  close(): void
}

export interface NativeBinding {
  /**
   * Maps `size` bytes of the open file `fd` from byte `position` (a physical address for /dev/mem),
   * shared. Neither needs to be page-aligned; both are multiples of 4. The descriptor may be closed
   * afterwards. Throws with `code`, `errno`, `syscall` and `address`: whatever mmap says, and EINVAL
   * where a file ends before the range does (an access there would be a SIGBUS). With `wide`,
   * readWords loads two words at a time where both are aligned to 8: it copies twice as fast, and is
   * right for memory (DRAM, memfd), wrong for RPM message RAM, which takes 32-bit accesses only.
   */
  map(fd: number, position: number, size: number, writable: boolean, wide?: boolean): NativeMapping
  /** A memfd of exactly `size` zero bytes, close-on-exec, sealed against shrinking and growing. */
  createMemfd(name: string, size: number): number
  /** Loads before it complete before loads after it. */
  fenceLoad(): void
  /** Stores before it complete before stores after it. */
  fenceStore(): void
  fenceFull(): void
  /** Compiled for: `x64`, `arm64`, `arm`, `ia32`. */
  readonly architecture: string
}
