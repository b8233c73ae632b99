// SPDX-License-Identifier: MIT
// The image builder: a described SMEM as the bytes that a boot loader and its clients would have left in
// memory, for either major version. Uses the same layout tables as the reader, and none of its code.

import { SmemError } from '../errors.js'
import { Header, MASTER_SBL_VERSION, TOC_ENTRIES } from '../layout/header.js'
import { Canvas, isMultiple } from './canvas.js'
import type { ImageDescription } from './description.js'
import { PartitionImage, partitionShape } from './partition-image.js'
import { drawInfo, drawPtable, placePartitions, ptableOffset } from './ptable-image.js'
import { TocImage } from './toc-image.js'

/**
 * Bytes of one region; those of region 0 come first in an image.
 * @see {@link SmemImage}
 */
export interface ImageRegion {
  /** Physical address of the first byte. */
  readonly base: number
  readonly bytes: Uint8Array
}

/**
 * Where the builder put an item. All offsets are bytes from the start of a region.
 * @see {@link SmemImage}
 */
export interface PlacedItem {
  readonly id: number
  /** Index in the partition table; null for an item of the table of contents. */
  readonly partition: number | null
  readonly cached: boolean
  /** Of the TOC record or the item header, in region 0. */
  readonly record: number
  /** Index of the region that holds the data. */
  readonly region: number
  /** Of the data, in that region. */
  readonly offset: number
  /** What a reader reports: as stored in a TOC, as asked for in a partition. */
  readonly size: number
}

/**
 * Where the builder put a partition.
 * @see {@link SmemImage}
 */
export interface PlacedPartition {
  /** Place in the partition table. */
  readonly index: number
  /** Of the partition header, in region 0. */
  readonly offset: number
  readonly size: number
  readonly host0: number
  readonly host1: number
  /** Offset of its partition table entry in region 0. */
  readonly entry: number
}

/**
 * A built SMEM. The bytes are the caller's to change: that is how broken heaps are made.
 * @example
 * ```ts
 * import { buildImage, profiles, type SmemImage } from 'qcom-smem/testing'
 *
 * const image: SmemImage = buildImage(profiles.sdm845.describe())
 * const [global, modem] = image.partitions
 * console.log(global?.offset, modem?.host1) // 1110016 1
 * const { record, offset, size } = image.item(137, 0)
 * console.log(offset - record, size) // 16 144
 * console.log(image.read32(offset + 4)) // 321
 * image.patch32(offset + 4, 206)
 * console.log(image.bytes.length, image.regions.length) // 2097152 1
 * ```
 */
export class SmemImage {
  /** Region 0, then the auxiliary regions in the order of the description. */
  readonly regions: readonly ImageRegion[]
  readonly items: readonly PlacedItem[]
  readonly partitions: readonly PlacedPartition[]
  /** Offset of the partition table in region 0; null where the image has none. */
  readonly ptable: number | null

  constructor(
    regions: readonly ImageRegion[],
    items: readonly PlacedItem[],
    partitions: readonly PlacedPartition[],
    ptable: number | null,
  ) {
    this.regions = regions
    this.items = items
    this.partitions = partitions
    this.ptable = ptable
  }

  /** The bytes of region 0: what a raw image file holds. */
  get bytes(): Uint8Array {
    return this.regions[0]!.bytes
  }

  /**
   * Where an item lies: a global one, or with `partition` one of that partition.
   * @throws SmemError ENOENT
   */
  item(id: number, partition: number | null = null): PlacedItem {
    const found = this.items.find((item) => item.id === id && item.partition === partition)
    if (found) return found
    throw new SmemError(
      'ENOENT',
      `the image has no item ${id} in ${partition === null ? 'its table of contents' : `partition ${partition}`}`,
      { item: id },
    )
  }

  /** One little-endian word at `offset` of a region. */
  read32(offset: number, region = 0): number {
    return this.#view(offset, region).getUint32(0, true)
  }

  /** Overwrites one little-endian word, aligned or not. EINVAL outside the region. */
  patch32(offset: number, value: number, region = 0): void {
    this.#view(offset, region).setUint32(0, value, true)
  }

  #view(offset: number, region: number): DataView {
    const bytes = this.regions[region]?.bytes
    if (bytes === undefined || !isMultiple(offset, 1) || offset + 4 > bytes.length) {
      throw new SmemError('EINVAL', `region ${region} has no word at offset ${offset}`)
    }
    return new DataView(bytes.buffer, bytes.byteOffset + offset, 4)
  }
}

/**
 * Builds the SMEM that `description` tells of.
 * @throws SmemError ENOMEM where region 0 or an auxiliary region is too small, ENOSPC where a partition or the
 *   partition table is, EEXIST for an id that is twice in a heap, ENOENT for a region that is not described,
 *   EINVAL for anything the format cannot hold; `item` names the item
 * @example
 * ```ts
 * import { writeFileSync } from 'node:fs'
 * import { Smem } from 'qcom-smem'
 * import { buildImage, socinfo } from 'qcom-smem/testing'
 *
 * const image = buildImage({
 *   version: 12,
 *   base: 0x86000000,
 *   size: 0x200000,
 *   partitions: [
 *     { global: true, size: 0x20000, items: [{ id: 137, data: socinfo({ format: 8, id: 321 }) }] },
 *     { host0: 0, host1: 1, size: 0x8000, items: [{ id: 478, size: 32, cached: true }] },
 *   ],
 * })
 * writeFileSync('smem.bin', image.bytes)
 * using smem = Smem.open({ source: 'file:smem.bin' })
 * for (const { id, host, size } of smem.items()) console.log(id, host, size)
 * // 137 null 92
 * // 478 1 32
 * ```
 */
export function buildImage(description: ImageDescription): SmemImage {
  const { version, partitions = [], info = version === 12 } = description
  const hasTable = version === 12 || info || description.partitions !== undefined
  const regions = [description, ...(description.auxiliary ?? [])].map((each) => new Canvas(each))
  const main = regions[0]!
  const table = hasTable ? ptableOffset(main.bytes.length) : null
  checkRoom(main, table)

  const shapes = partitions.map(partitionShape)
  const placed = table === null ? [] : placePartitions(shapes, Header.size, table)

  drawHeader(main, description)
  const toc = new TocImage(regions, placed[0]?.offset ?? table ?? main.bytes.length)
  if (description.fixedItems) toc.addFixed()
  for (const item of description.global ?? []) toc.add(item)
  toc.finish()

  const items = [...toc.items]
  const itemCount = checkItemCount(info ? description.itemCount : undefined)
  placed.forEach(({ offset }, index) => {
    const partition = new PartitionImage(main, offset, index, shapes[index]!, itemCount)
    for (const item of partitions[index]!.items ?? []) partition.add(item)
    partition.finish()
    items.push(...partition.items)
  })
  if (table !== null) drawPtable(main, table, shapes, placed)
  if (table !== null && info) drawInfo(main, table, placed.length, itemCount)
  return new SmemImage(regions, items, placed, table)
}

function checkRoom({ base, bytes }: Canvas, table: number | null): void {
  if ((table ?? bytes.length) >= Header.size) return
  throw new SmemError('ENOMEM', `${bytes.length} bytes do not hold the header and its tables`, {
    address: base,
  })
}

function checkItemCount(count = TOC_ENTRIES): number {
  if (isMultiple(count, 1) && count <= 0xffff) return count
  throw new SmemError('EINVAL', `${count} is no item count: the info record has 16 bits for it`)
}

function drawHeader({ view }: Canvas, { version, versions, procComm }: ImageDescription): void {
  const words = Array<number>(32).fill(0)
  words[MASTER_SBL_VERSION] = version * 0x10000
  for (const [index, word] of Object.entries(versions ?? {})) words[Number(index)] = word
  Header.assign(view, 0, { versions: words, procComm: [...(procComm ?? [])] })
}
