// SPDX-License-Identifier: MIT
// The shape of the native module. It knows file descriptors, words, fences and locks, nothing of SMEM.

/**
 * One mapping. The functions are bound to it by pointer, so they may be called detached. Every one
 * throws an Error with `code` and `errno`: EBADF after close, EINVAL for an offset that is not a
 * whole word inside the mapping, EROFS for a store to a read-only mapping.
 */
export interface NativeMapping {
  read32(offset: number): number
  readWords(offset: number, into: Uint32Array): void
  /** False where the word at `offset` is 0. Else, after a load fence, as `readWords`, by 32-bit loads. */
  readPublished(offset: number, into: Uint32Array): boolean
  write32(offset: number, value: number): void
  writeWords(offset: number, from: Uint32Array): void
  close(): void
}

/** A place in an open file, which may be closed afterwards. */
export interface FilePlace {
  readonly fd: number
  /** In bytes; a physical address for /dev/mem. */
  readonly position: number
}

/** One mutex word, mapped alone. Every function throws EBADF after close, EINVAL for an id that is none. */
export interface NativeMutex {
  /** The owner's id, 0 when free. */
  owner(): number
  /** One attempt; returns what the register reads afterwards: `id` where the lock is ours. */
  tryLock(id: number): number
  /** Whether it was held by `id` and is released; otherwise nothing is written. */
  unlock(id: number): boolean
  close(): void
}

export interface MutexPlace extends FilePlace {
  /**
   * 0 where the hardware arbitrates. A memfd does not: there a compare-and-swap does, and `field` has the bits
   * that the register can hold.
   */
  readonly field: number
}

/** How an attempt to commit or to recover ended. */
export const Outcome = {
  DONE: 0,
  /** A guard does not hold: plan again. */
  STALE: 1,
  /** Another process or thread of this machine is at it. */
  LOCAL_BUSY: 2,
  /** The mutex is held; `holder` says by whom. */
  REMOTE_BUSY: 3,
  /** The register kept only `holder` of the id. It is free again. */
  NARROW: 4,
  /** All is stored, but when it was to be released the mutex was `holder`'s. */
  LOST: 5,
  /** The lock file belongs to another version of this library, or to another heap. */
  FOREIGN: 6,
  /** The intent of a dead process cannot be finished. */
  DAMAGED: 7,
  /** The lock file cannot be locked; `holder` is the errno, ESTALE where it was removed. */
  UNLOCKABLE: 8,
} as const

/** What was found of a process that died, and done about it. */
export const Recovery = {
  NOTHING: 0,
  /** It had not taken the mutex, or had already released it. */
  DROPPED: 1,
  /** It held the mutex and had stored nothing. */
  RELEASED: 2,
  /** It had stored a part; now all of it is. */
  COMPLETED: 3,
  /** It had stored a part when the mutex was taken from it: the heap may be broken. */
  TORN: 4,
} as const

/** `report`: outcome, holder, nanoseconds that the mutex was held, recovery. EBADF after close. */
export interface NativeHeapLock {
  /**
   * One attempt of microseconds, all signals blocked, and nothing held afterwards. `plan` is checked whole before a
   * lock is taken: EINVAL where a step is unknown, unaligned or outside.
   */
  commit(plan: Uint32Array, id: number, report: Uint32Array): void
  /** Whether somebody has announced something: one that is at it, or one that died. */
  pending(): boolean
  /**
   * Sees to a process that died; `discard` also drops an intent that cannot be finished. What is in the name of the
   * kernel is left alone, unless `id`, by which we take the mutex, is the kernel's too.
   */
  recover(discard: boolean, id: number, report: Uint32Array): void
  close(): void
}

/** Locks on single bytes of a file, released with the process. EBADF after close. */
export interface NativeFileLocks {
  /** Never waits; false where somebody else has it. */
  tryLock(byte: number): boolean
  unlock(byte: number): void
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
  /** The mutex word at a place of an open file. */
  mutex(place: MutexPlace): NativeMutex
  /**
   * What commits plans to `heap`. `record` is a page of the lock file, whose open file description nobody else may
   * share. `identity`: 4 words about this process, kept for people, 4 that name this boot, 4 that name this heap.
   */
  heapLock(
    heap: FilePlace & { readonly size: number },
    mutex: MutexPlace,
    record: FilePlace,
    identity: Uint32Array,
  ): NativeHeapLock
  /** The byte locks of an open file description. */
  fileLocks(fd: number): NativeFileLocks
  /** A memfd of exactly `size` zero bytes, close-on-exec, sealed against shrinking and growing. */
  createMemfd(name: string, size: number): number
  /** Closes what `createMemfd` gave: in a worker thread Node warns of descriptors that it has not opened itself. */
  closeMemfd(fd: number): void
  /** Loads before it complete before loads after it. */
  fenceLoad(): void
  /** Stores before it complete before stores after it. */
  fenceStore(): void
  fenceFull(): void
  /** Compiled for: `x64`, `arm64`, `arm`, `ia32`. */
  readonly architecture: string
  /** `musl`, or `glibc 2.36`: the one that runs. */
  readonly libc: string
}
