// SPDX-License-Identifier: MIT
// What an image is built from: the SMEM of a SoC as a boot loader would lay it out, said in one object.

import type { ProcComm } from '../layout/header.js'

/**
 * What an item holds: `data` from its start, then zeros up to `size`. At least one is given.
 * @see {@link buildImage}
 */
export interface ItemDescription {
  readonly id: number
  /** A string stands for its latin1 bytes, without a NUL. */
  readonly data?: Uint8Array | string
  /** Bytes that were asked for; the length of `data` by default. Stored as the format rounds it. */
  readonly size?: number
}

/**
 * An item of the global heap: a record in the table of contents.
 * @see {@link buildImage}
 */
export interface TocItemDescription extends ItemDescription {
  /** Base of the auxiliary region that holds the data; region 0 by default. */
  readonly region?: number
  /** Bits 1:0 of aux_base, which every reader must ignore; 0 by default. */
  readonly reservedBits?: number
}

/**
 * An item of a partition.
 * @see {@link buildImage}
 */
export interface PartitionItemDescription extends ItemDescription {
  /** On the side that grows down from the end. The partition then needs a cache line. */
  readonly cached?: boolean
  /** Bytes between the header and the data of an uncached item, a multiple of 8; 0 by default. */
  readonly gap?: number
}

interface PartitionContents {
  /** Bytes, a multiple of 8. */
  readonly size: number
  /** Unit of the cached items, bytes: 0 (no cached items) or a multiple of 8. 64 by default. */
  readonly cacheline?: number
  /** The table entry's flags word, which the kernel ignores; 0 by default. */
  readonly flags?: number
  readonly items?: readonly PartitionItemDescription[]
}

/**
 * A partition that two processors share.
 * @see {@link buildImage}
 */
export interface PrivatePartitionDescription extends PartitionContents {
  readonly global?: false
  /** SMEM host id; apps is 0. The order of the two does not matter. */
  readonly host0: number
  readonly host1: number
}

/**
 * The partition of version 12 that every processor shares.
 * @see {@link buildImage}
 */
export interface GlobalPartitionDescription extends PartitionContents {
  readonly global: true
}

/**
 * A partition of either kind.
 * @see {@link buildImage}
 */
export type PartitionDescription = PrivatePartitionDescription | GlobalPartitionDescription

/**
 * A range of memory.
 * @see {@link buildImage}
 */
export interface RegionDescription {
  /** Physical address. */
  readonly base: number
  /** Bytes, a multiple of 8. */
  readonly size: number
}

/**
 * A whole SMEM. `base` and `size` are those of region 0.
 * @see {@link buildImage}
 */
export interface ImageDescription extends RegionDescription {
  /** Major version: 11 keeps global items in the table of contents, 12 in the global partition. */
  readonly version: 11 | 12
  /** `num_items` of the info record, 512 by default: ids below it are accepted. Version 12 only. */
  readonly itemCount?: number
  /** Further regions, such as RPM message RAM. Their items come from `global`. */
  readonly auxiliary?: readonly RegionDescription[]
  /** Up to four legacy mailboxes. */
  readonly procComm?: readonly ProcComm[]
  /** Words by index, major << 16 | minor; word 7 is made from `version` unless it is given here. */
  readonly versions?: Readonly<Record<number, number>> | readonly number[]
  /** Items of the table of contents, in the order of their allocation. */
  readonly global?: readonly TocItemDescription[]
  /** Records 0 to 3 of the table name the header's own structures, as version-11 firmware has it. */
  readonly fixedItems?: boolean
  /** In the order of the partition table. Version 12 always has a table, version 11 where this is given. */
  readonly partitions?: readonly PartitionDescription[]
  /** Whether the info record "SIII" follows the partition table; by default in version 12. */
  readonly info?: boolean
}
