// SPDX-License-Identifier: MIT
// Where SMEM comes from: the memory of this machine, a fake SoC, or a file. A source opens ports and says
// which board they belong to; everything above works on any of them alike.

import type { Board } from '../board/board.js'
import type { SnapshotNote } from '../dump/note.js'
import type { Regions } from '../heap/region.js'
import type { HeapLock, LockPolicy } from '../lock/heap-lock.js'
import type { LockFilePlace } from '../lock/lock-file.js'
import type { LockWord } from '../lock/word.js'

/**
 * Where an open SMEM comes from, and what is known of it beside its bytes.
 * @example
 * ```ts
 * import { Smem } from 'qcom-smem'
 *
 * using smem = Smem.open({ source: 'fake:msm8916' })
 * const { name, live, warnings, regions } = smem.source
 * console.log(name, live, warnings) // fake:msm8916 true []
 * console.log(regions.map(({ kind, port }) => [kind, port.size])) // [ [ 'main', 1048576 ], [ 'aux', 32768 ] ]
 * console.log(smem.source.hwlockOwner()) // 0
 * ```
 */
export interface Source {
  /** As the user would name it: `live`, `fake:sdm845`, `file:smem.bin`. */
  readonly name: string
  /** Memory of a running SoC, where a partition between two other hosts must not be touched. */
  readonly live: boolean
  /** Partitions between two other hosts may be read: in a dump of all memory. Else they are walled off, or left out. */
  readonly foreign: boolean
  /**
   * What a snapshot tells of itself; null for any other source.
   * @internal
   */
  readonly captured: SnapshotNote | null
  readonly regions: Regions
  readonly board: Board | null
  /** What the user should know, one sentence each. */
  readonly warnings: readonly string[]
  /** Owner id in SMEM's mutex word, 0 when free; null where there is none or it may not be read. */
  hwlockOwner(): number | null
  /**
   * Where its lock file is; null for a dump, which nobody else writes to.
   * @internal
   */
  readonly lockFile: LockFilePlace | null
  /**
   * Opens the lock of its heap, to allocate.
   * @throws SmemError EROFS for a dump, ENODEV where no mutex is known, EPERM where the kernel keeps it to itself
   * @internal
   */
  openLock(policy: LockPolicy): HeapLock
  /**
   * The mutex word alone, to release what nobody else will. @throws SmemError as `openLock`
   * @internal
   */
  openMutex(): LockWord
  /**
   * Idempotent.
   * @internal
   */
  close(): void
}

/**
 * Which memory to open, and what to tell of it that it does not tell itself.
 * @see {@link Smem.open}
 */
export interface SourceOptions {
  /** `live`, `fake[:PROFILE]`, `file:PATH`, `dir:PATH`. Default: the variable QCOM_SMEM_SOURCE, else `live`. */
  source?: string | undefined
  /**
   * Physical address of a raw file's first byte, by default what its SIII record says, else 0; of SMEM in dumps that
   * know their addresses.
   */
  base?: number | undefined
  /** Auxiliary regions of a dump, as raw images. */
  aux?: readonly { readonly base: number; readonly path: string }[] | undefined
  /** Pieces of a dump that is split over files, by the physical address of their first bytes. */
  segments?: readonly { readonly base: number; readonly path: string }[] | undefined
  /** The SoC of a dump, a name of the board table such as `sdm845`: says where SMEM and its mutex lie. */
  soc?: string | undefined
  /** Told how far a long search through a dump has come, in bytes. */
  progress?: ((done: number, total: number, doing: string) => void) | undefined
  /** A flattened device tree that describes the board of a dump. */
  dtb?: string | undefined
  /** The board of a live source, where it is not to be read from the device tree. */
  board?: Board | undefined
  /** The memory device of a live source. Default /dev/mem. */
  device?: string | undefined
  /** The file by which local processes keep out of each other's way. Default /run/qcom-smem.lock. */
  lockFile?: string | undefined
  /** Open for writing too. Default false: a tool that only looks cannot corrupt a modem. */
  writable?: boolean | undefined
  /** Told of every access, in pieces of lines; see `tracing`. */
  trace?: ((text: string) => void) | undefined
}
