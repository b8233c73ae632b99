// SPDX-License-Identifier: MIT
// Random SMEM images, healthy but of every shape that firmware is known to write, and some that it is
// not: both versions, auxiliary regions, every kind of partition, cached lists, odd sizes and places.
// Written from the layout alone; every field that is written is also noted, for the mutator to spoil.

import fc from 'fast-check'
import type { Image } from './reader.js'

/** A number in the image: where it lies and what it is part of. */
export interface Field {
  name: string
  at: number
  width: 2 | 4
}

/** An item that the local host can see, where its data was put. */
export interface Placed {
  id: number
  region: number
  offset: number
  size: number
}

export interface Written extends Image {
  fields: readonly Field[]
  placed: readonly Placed[]
}

export type Shape = ReturnType<typeof shape> extends fc.Arbitrary<infer T> ? T : never
type PartitionShape = Shape['partitions'][number]
type ItemShape = PartitionShape['uncached'][number]

const FOUR_GIB = 2 ** 32

// ---- shapes: what an image shall hold

const itemId = fc.oneof(
  { arbitrary: fc.nat(511), weight: 6 },
  { arbitrary: fc.integer({ min: 512, max: 700 }), weight: 2 },
  { arbitrary: fc.constantFrom(0, 8, 137, 0xa5a5, 0xffff), weight: 1 },
)

const partitionItem = fc.record({
  id: itemId,
  size: fc.oneof({ arbitrary: fc.nat(96), weight: 5 }, { arbitrary: fc.nat(700), weight: 1 }),
  gap: oftenElse(0, fc.nat(40)),
  rounded: oftenElse(true, fc.constant(false)),
})

// The walk ends at a header that lies on the free offset: a last cached item of no bytes is never seen.
const cachedItem = partitionItem.filter(({ size }) => size > 0)

const cacheline = fc.oneof(
  { arbitrary: fc.constantFrom(16, 32, 64, 128), weight: 6 },
  { arbitrary: fc.constantFrom(0, 1, 3, 8, 24, 48, 0x100, 0x1000), weight: 2 },
  { arbitrary: fc.constantFrom(0x80000000, 0xfffffff0, 0xffffffff), weight: 1 },
)

const partition = fc.record({
  kind: fc.constantFrom('private', 'private', 'private', 'foreign', 'global', 'self', 'void'),
  host: fc.oneof(
    { arbitrary: fc.integer({ min: 1, max: 5 }), weight: 5 },
    { arbitrary: fc.constantFrom(0, 13, 25, 77, 0x4001, 0xfffc, 0xfffd), weight: 1 },
  ),
  localFirst: fc.boolean(),
  headerSwapped: oftenElse(false, fc.constant(true)),
  cacheline,
  spare: fc.oneof(
    fc.constant(0),
    fc.nat(300).map((n) => n & ~7),
    fc.nat(300),
  ),
  flags: oftenElse(0, fc.nat(0xffff)),
  uncached: fc.array(partitionItem, { maxLength: 5, size: 'max' }),
  cached: fc.array(cachedItem, { maxLength: 3, size: 'max' }),
})

const tocItem = fc.record({
  id: fc.nat(511),
  size: fc.nat(120),
  region: fc.nat(3),
  allocated: oftenElse(1, fc.constantFrom(2, 0x80000000, 0xffffffff)),
  rounded: oftenElse(true, fc.constant(false)),
  reservedBits: oftenElse(0, fc.nat(3)),
})

const auxRegion = fc.record({
  base: fc.constantFrom(0x60000, 0xfc428000, 0xfc428002, 0x1_00060000, 0x60000000, 0x7_fffffffc),
  size: fc.constantFrom(0, 0x40, 0x1000, 0x1003),
})

/** Everything that is decided about an image; the same shape always gives the same bytes. */
export function shape(major: 11 | 12) {
  return fc.record({
    major: fc.constant(major),
    minor: fc.constantFrom(0, 1, 0x2002, 0xffff),
    size: fc.oneof(
      { arbitrary: fc.constantFrom(0x5000, 0x6000, 0x8000), weight: 12 },
      { arbitrary: fc.constantFrom(0x10000, 0x32000), weight: 1 },
      { arbitrary: fc.integer({ min: 0x4000, max: 0x6000 }), weight: 3 },
    ),
    place: fc.constantFrom('zero', 'low', 'edge', 'high', 'unaligned', 'like-aux'),
    fill: fc.constantFrom(0, 0, 0, 0xff, 0xa5),
    localHost: oftenElse(0, fc.constantFrom(1, 2, 5)),
    fixed: fc.boolean(),
    toc: fc.array(tocItem, { maxLength: 20, size: 'max' }),
    aux: fc.array(auxRegion, { maxLength: 2 }),
    table: major === 12 ? fc.constant(true) : fc.boolean(),
    withGlobal: oftenElse(true, fc.constant(false)),
    partitions: fc.array(partition, { maxLength: 5, size: 'max' }),
    stride: fc.constantFrom(1, 1, 2, 9),
    tail: fc.oneof(fc.constant(0), fc.nat(84)),
    info: fc.constantFrom('none', 'plain', 'plain', 'large', 'high'),
    noise: fc.nat(),
  })
}

/** Mostly the ordinary value. */
function oftenElse<T>(ordinary: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ arbitrary: fc.constant(ordinary), weight: 7 }, { arbitrary: other, weight: 1 })
}

// ---- bytes

export function write(plan: Shape): Written {
  const image = new Draft(plan)
  image.header()
  const top = plan.table ? image.tableAndPartitions() : plan.size
  image.contents(top)
  return image
}

class Draft implements Written {
  readonly bytes: Uint8Array
  readonly base: number
  readonly aux: { base: number; bytes: Uint8Array }[]
  readonly localHost: number
  readonly fields: Field[] = []
  readonly placed: Placed[] = []
  readonly #toc = new Map<number, Placed>()
  readonly #view: DataView
  readonly #plan: Shape

  constructor(plan: Shape) {
    this.#plan = plan
    this.bytes = new Uint8Array(plan.size).fill(plan.fill)
    this.bytes.fill(0, 0, 0x20d0)
    this.#view = new DataView(this.bytes.buffer)
    this.base = baseOf(plan)
    this.aux = plan.aux.map(({ base, size }) => ({ base, bytes: noise(size, plan.noise) }))
    this.localHost = plan.localHost
  }

  header(): void {
    const { major, minor } = this.#plan
    this.#u32('version', 0x5c, major * 0x10000 + minor)
    this.#u32('initialized', 0xc0, 1)
    this.#u32('reserved', 0xcc, 0)
  }

  /** The global heap of version 11; in version 12 the same words, which no reader may look at. */
  contents(top: number): void {
    const { toc, fixed, major } = this.#plan
    let free = 0x20d0
    const auxFree = this.aux.map(() => 0)
    for (const item of toc) {
      const size = item.rounded ? roundUp(item.size, 8) : item.size
      const region = item.region - 1
      const aux = this.aux[region]
      if (aux === undefined) {
        if (free + size > top) continue
        this.#tocEntry(item, free, size, 0)
        free += size
      } else {
        const offset = auxFree[region]!
        if (offset + size > aux.bytes.length) continue
        this.#tocEntry(item, offset, size, aux.base)
        auxFree[region] = offset + size
      }
    }
    if (fixed) {
      for (const [id, offset, size] of fixedItems) {
        this.#tocEntry({ id, allocated: 1, reservedBits: 0 }, offset, size, 0)
      }
    }
    if (major === 11) this.placed.push(...this.#toc.values())
    this.bytes.set(noise(Math.max(0, Math.min(free, top) - 0x20d0), this.#plan.noise), 0x20d0)
    this.#u32('free_offset', 0xc4, free)
    this.#u32('available', 0xc8, Math.max(0, top - free))
  }

  /** `aux` is the base of the region that is meant, 0 for the main one. */
  #tocEntry(item: TocRecord, offset: number, size: number, aux: number): void {
    const at = 0xd0 + 16 * item.id
    const selector = ((aux % FOUR_GIB) & ~3) >>> 0
    this.#u32('toc.allocated', at, item.allocated)
    this.#u32('toc.offset', at + 4, offset)
    this.#u32('toc.size', at + 8, size)
    this.#u32('toc.aux_base', at + 12, selector + item.reservedBits)
    // Two regions can share a selector, and one whose base is not aligned has none.
    const regions = [this, ...this.aux]
    const led = selector === 0 ? this : regions.find((r) => r.base % FOUR_GIB === selector)
    if (led !== undefined && offset + size <= led.bytes.length) {
      this.#toc.set(item.id, { id: item.id, region: led.base, offset, size })
    } else this.#toc.delete(item.id)
  }

  /** Returns the lowest offset that a partition takes. */
  tableAndPartitions(): number {
    const { size, stride, tail, withGlobal, partitions, major } = this.#plan
    const table = size - 4096
    this.bytes.fill(0, table)
    const all = major === 12 && withGlobal ? [globalPartition, ...partitions] : partitions
    let low = table
    let index = 0
    let globals = 0
    for (const part of all) {
      const bytes = sizeOf(part)
      if (low - bytes < 0x2100) continue
      low -= bytes
      const seen = part.kind === 'global' ? major === 12 && globals++ === 0 : isOurs(part)
      this.#partition(table + 0x20 + 48 * index, low, bytes, part, seen)
      index += stride
    }
    const count = Math.max(index, tail)
    this.#u32('table.magic', table, 0x434f5424)
    this.#u32('table.version', table + 4, 1)
    this.#u32('table.num_entries', table + 8, count)
    this.#u32('table.minor_version', table + 12, 0)
    this.#info(table + 0x20 + 48 * count)
    return low
  }

  #info(at: number): void {
    const { info, size } = this.#plan
    if (info === 'none' || at + 0x14 > size) return
    this.#u32('info.magic', at, 0x49494953)
    this.#u32('info.size', at + 4, size)
    this.#u32('info.base', at + 8, this.base % FOUR_GIB)
    this.#u32('info.base_high', at + 12, info === 'high' ? Math.floor(this.base / FOUR_GIB) : 0)
    this.#u16('info.num_items', at + 16, info === 'large' ? 800 : 512)
  }

  #partition(entry: number, at: number, size: number, part: PartitionShape, seen: boolean): void {
    const hosts = hostsOf(part, this.localHost)
    this.#u32('entry.offset', entry, at)
    this.#u32('entry.size', entry + 4, size)
    this.#u32('entry.flags', entry + 8, part.flags)
    this.#u16('entry.host0', entry + 12, hosts[0])
    this.#u16('entry.host1', entry + 14, hosts[1])
    this.#u32('entry.cacheline', entry + 16, part.cacheline)
    this.#u32('entry.exclusion_sizes', entry + 32, 0)

    const place = (item: ItemShape, offset: number) => {
      this.bytes.set(noise(item.size, this.#plan.noise + offset), offset)
      const { id, size } = item
      if (seen && agreed) this.placed.push({ id, region: this.base, offset, size })
    }
    const agreed = !part.headerSwapped || hosts[0] === hosts[1]
    if (part.headerSwapped) hosts.reverse()
    this.bytes.fill(0, at, at + 32)
    this.#u32('partition.magic', at, 0x54525024)
    this.#u16('partition.host0', at + 4, hosts[0])
    this.#u16('partition.host1', at + 6, hosts[1])
    this.#u32('partition.size', at + 8, size)

    let up = at + 0x20
    for (const item of part.uncached) {
      const room = roomOf(item, 8)
      this.#itemHeader('uncached', up, item, room, item.gap)
      place(item, up + 16 + item.gap)
      up += 16 + item.gap + room
    }
    this.#u32('partition.offset_free_uncached', at + 12, up - at)

    let down = at + size
    const step = roundUp(16, part.cacheline)
    for (const item of cachedItems(part)) {
      const room = roomOf(item, part.cacheline)
      this.#itemHeader('cached', down - step, item, room, step - 16)
      place(item, down - step - room)
      down -= step + room
    }
    this.#u32('partition.offset_free_cached', at + 16, down - at)
  }

  #itemHeader(side: string, at: number, item: ItemShape, room: number, gap: number): void {
    this.#u16(`${side}.canary`, at, 0xa5a5)
    this.#u16(`${side}.item`, at + 2, item.id)
    this.#u32(`${side}.size`, at + 4, room)
    this.#u16(`${side}.padding_data`, at + 8, room - item.size)
    this.#u16(`${side}.padding_hdr`, at + 10, gap)
    this.#u32(`${side}.reserved`, at + 12, 0)
  }

  #u16(name: string, at: number, value: number): void {
    this.#view.setUint16(at, value, true)
    this.fields.push({ name, at, width: 2 })
  }

  #u32(name: string, at: number, value: number): void {
    this.#view.setUint32(at, value, true)
    this.fields.push({ name, at, width: 4 })
  }
}

type TocRecord = Pick<Shape['toc'][number], 'id' | 'allocated' | 'reservedBits'>

/** The fixed items that lie in the header itself: id, offset, size. */
const fixedItems = [
  [0, 0x000, 64],
  [1, 0x0c0, 16],
  [2, 0x0d0, 8192],
  [3, 0x040, 128],
] as const

const globalPartition: PartitionShape = {
  kind: 'global',
  host: 0,
  localFirst: true,
  headerSwapped: false,
  cacheline: 32,
  spare: 64,
  flags: 0,
  uncached: [137, 3, 600].map((id) => ({ id, size: id % 50, gap: 0, rounded: true })),
  cached: [{ id: 420, size: 20, gap: 0, rounded: true }],
}

function hostsOf(part: PartitionShape, local: number): [number, number] {
  switch (part.kind) {
    case 'global':
      return [0xfffe, 0xfffe]
    case 'void':
      return [0xffff, 0xffff]
    case 'self':
      return [local, local]
    case 'foreign':
      return [local + 6, part.host === local ? local + 7 : part.host]
    default:
      return part.localFirst ? [local, part.host] : [part.host, local]
  }
}

function isOurs({ kind }: PartitionShape): boolean {
  return kind === 'private' || kind === 'self'
}

/** Lines that do not fit in any partition, and no lines, leave no place for cached items. */
function cachedItems(part: PartitionShape): readonly ItemShape[] {
  return part.cacheline === 0 || part.cacheline > 0x1000 ? [] : part.cached
}

function sizeOf(part: PartitionShape): number {
  const step = roundUp(16, part.cacheline)
  let size = 0x20 + part.spare
  for (const item of part.uncached) size += 16 + item.gap + roomOf(item, 8)
  for (const item of cachedItems(part)) size += step + roomOf(item, part.cacheline)
  return size
}

function roomOf(item: ItemShape, unit: number): number {
  return item.rounded ? roundUp(item.size, unit) : item.size
}

function roundUp(value: number, unit: number): number {
  return unit === 0 ? value : Math.ceil(value / unit) * unit
}

function baseOf({ place, size }: Shape): number {
  switch (place) {
    case 'zero':
      return 0
    case 'low':
      return 0x86300000
    case 'edge':
      return FOUR_GIB - size
    case 'high':
      return 0x9_86300000
    case 'unaligned':
      return 0x86300004
    default:
      return 0x60000
  }
}

/** Bytes that differ from place to place, always the same ones. */
export function noise(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let state = (seed ^ 0x9e3779b9) >>> 0
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    bytes[i] = state >>> 24
  }
  return bytes
}
