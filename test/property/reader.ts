// SPDX-License-Identifier: MIT
// A second reader of SMEM images, written from the published layout alone and sharing no line with the
// product: plain bytes in, what `list --json` and `partitions --json` must print out. Where the two
// readers differ, one of them has misread the format. Offsets and magics are those of the layout.

import { itemName } from '#lib/data/item-names.js'

export interface Image {
  bytes: Uint8Array
  /** Physical address of the first byte. */
  base: number
  aux: readonly { base: number; bytes: Uint8Array }[]
  localHost: number
}

/** An error is known by its code: messages are for people. */
export type Fault = { code: string } | null

export interface ListedItem {
  id: number | null
  name: string | null
  host: number | null
  heap: 'toc' | 'partition'
  cached: boolean | null
  region: string | null
  offset: number | null
  address: string | null
  size: number | null
  error: Fault
}

export interface ListedPartition {
  index: number
  offset: number
  size: number
  address: string
  host0: number
  host1: number
  global: boolean
  cacheline: number
  flags: number
  freeUncached: number | null
  freeCached: number | null
  free: number | null
  error: Fault
}

export type Reading =
  | { exit: 0; items: ListedItem[]; partitions: ListedPartition[]; itemCount: number }
  | { exit: 5 | 6; code: string }

const GLOBAL = 0xfffe

export function read(image: Image): Reading {
  const { bytes } = image
  if (bytes.length < 0xd0) return { exit: 6, code: 'EINVAL' }
  if (u32(bytes, 0xc0) !== 1 || u32(bytes, 0xcc) !== 0) return { exit: 5, code: 'ENODEV' }
  const major = u32(bytes, 0x40 + 4 * 7) >>> 16
  if (major !== 11 && major !== 12) return { exit: 6, code: 'EINVAL' }
  const table = tableOf(bytes)
  if (major === 12 && table.fault !== null) return { exit: 6, code: table.fault.code }

  const items = major === 11 ? tocItems(image) : globalItems(image, table.entries)
  if (major === 11 && table.fault?.code === 'EINVAL') items.push(broken(null, null))
  for (const entry of table.entries) {
    const host = remoteHost(entry, image.localHost)
    if (host !== null) items.push(...partitionItems(image, entry, host))
  }
  return {
    exit: 0,
    items: sorted(items),
    partitions: table.entries.map((entry) => partitionRow(image, entry)),
    itemCount: major === 12 ? (table.itemCount ?? 512) : 512,
  }
}

// ---- the table of contents, version 11

function tocItems({ bytes, base, aux }: Image): ListedItem[] {
  const end = Math.min(u32(bytes, 0xc4) + u32(bytes, 0xc8), bytes.length)
  const regions = [{ base, end }, ...aux.map((a) => ({ base: a.base, end: a.bytes.length }))]
  const items: ListedItem[] = []
  for (let id = 0; id < 512; id++) {
    const at = 0xd0 + 16 * id
    if (at + 16 > bytes.length) return [...items, { ...broken(null, false), heap: 'toc' }]
    if (u32(bytes, at) === 0) continue
    const offset = u32(bytes, at + 4)
    const size = u32(bytes, at + 8)
    const selector = (u32(bytes, at + 12) & 0xfffffffc) >>> 0
    const region = selector === 0 ? regions[0] : regions.find((r) => r.base % 2 ** 32 === selector)
    let error: Fault = null
    if (region === undefined) error = { code: 'ENOENT' }
    else if (offset + size > region.end) error = { code: 'EINVAL' }
    items.push({
      id,
      name: itemName(id),
      host: null,
      heap: 'toc',
      cached: false,
      region: region === undefined ? null : hex(region.base),
      offset,
      address: region === undefined ? null : hex(region.base + offset),
      size,
      error,
    })
  }
  return items
}

// ---- the partition table, in the last 4 KiB

interface Entry {
  index: number
  offset: number
  size: number
  flags: number
  host0: number
  host1: number
  cacheline: number
}

interface Table {
  fault: Fault
  entries: Entry[]
  itemCount: number | null
}

function tableOf(bytes: Uint8Array): Table {
  const at = bytes.length - 4096
  const none = { entries: [], itemCount: null }
  if (at < 0 || u32(bytes, at) !== 0x434f5424) return { fault: { code: 'ENOENT' }, ...none }
  if (u32(bytes, at + 4) !== 1) return { fault: { code: 'EINVAL' }, ...none }
  const count = u32(bytes, at + 8)
  const entries: Entry[] = []
  for (let index = 0; index < Math.min(count, 84); index++) {
    const e = at + 0x20 + 48 * index
    const entry = {
      index,
      offset: u32(bytes, e),
      size: u32(bytes, e + 4),
      flags: u32(bytes, e + 8),
      host0: u16(bytes, e + 12),
      host1: u16(bytes, e + 14),
      cacheline: u32(bytes, e + 16),
    }
    if (entry.offset !== 0 && entry.size !== 0) entries.push(entry)
  }
  const info = at + 0x20 + 48 * count
  const known = info + 0x14 <= bytes.length && u32(bytes, info) === 0x49494953
  return { fault: null, entries, itemCount: known ? u16(bytes, info + 0x10) : null }
}

function isGlobal(entry: Entry): boolean {
  return entry.host0 === GLOBAL && entry.host1 === GLOBAL
}

function remoteHost(entry: Entry, local: number): number | null {
  if (entry.host0 === local) return entry.host1
  return entry.host1 === local ? entry.host0 : null
}

// ---- one partition

interface PartitionHeader {
  freeUncached: number
  freeCached: number
  /** Magic, hosts and size are those the table promises. */
  valid: boolean
  /** 0x20 <= free_uncached <= free_cached <= size. */
  ordered: boolean
}

function headerOf(bytes: Uint8Array, entry: Entry): PartitionHeader | null {
  const at = entry.offset
  if (at + Math.max(entry.size, 0x20) > bytes.length) return null
  const freeUncached = u32(bytes, at + 0xc)
  const freeCached = u32(bytes, at + 0x10)
  return {
    freeUncached,
    freeCached,
    valid:
      u32(bytes, at) === 0x54525024 &&
      u16(bytes, at + 4) === entry.host0 &&
      u16(bytes, at + 6) === entry.host1 &&
      u32(bytes, at + 8) === entry.size,
    ordered: freeUncached >= 0x20 && freeUncached <= freeCached && freeCached <= entry.size,
  }
}

function partitionRow({ bytes, base }: Image, entry: Entry): ListedPartition {
  const header = headerOf(bytes, entry)
  const { index, offset, size, flags, host0, host1, cacheline } = entry
  return {
    index,
    offset,
    size,
    address: hex(base + offset),
    host0,
    host1,
    global: isGlobal(entry),
    cacheline,
    flags,
    freeUncached: header?.freeUncached ?? null,
    freeCached: header?.freeCached ?? null,
    free: header?.ordered ? header.freeCached - header.freeUncached : null,
    error: header?.valid ? null : { code: 'EINVAL' },
  }
}

function globalItems(image: Image, entries: readonly Entry[]): ListedItem[] {
  const entry = entries.find(isGlobal)
  return entry === undefined ? [broken(null, null)] : partitionItems(image, entry, null)
}

function partitionItems(image: Image, entry: Entry, host: number | null): ListedItem[] {
  const header = headerOf(image.bytes, entry)
  if (!header?.valid) return [broken(host, null)]
  const found = [
    ...uncachedSide(image, entry, host, Math.min(header.freeUncached, entry.size)),
    ...cachedSide(image, entry, host, header.freeCached),
  ]
  if (header.ordered) return found
  // One element stands for all that is wrong with the free offsets, and for where they led a walk.
  const cached = cannotCache(entry) && header.freeCached !== entry.size ? true : null
  return [...found.filter(({ id }) => id !== null), broken(host, cached)]
}

/** Grows up from behind the partition's header; each header lies below its data. */
function uncachedSide(image: Image, part: Entry, host: number | null, end: number): ListedItem[] {
  const found: ListedItem[] = []
  let at = 0x20
  while (at < end) {
    const entry = itemHeader(image.bytes, part, at)
    if (entry === null) return [...found, broken(host, false)]
    const data = at + 16 + entry.paddingHeader
    const next = data + entry.size
    const fits = next <= part.size
    found.push(partitionItem(image, part, host, entry, data, false, fits))
    if (!fits) break
    at = next
  }
  return found
}

/** Grows down from the end; each header lies above its data. */
function cachedSide(image: Image, part: Entry, host: number | null, end: number): ListedItem[] {
  if (cannotCache(part)) return end === part.size ? [] : [broken(host, true)]
  const step = headerSpan(part)
  const found: ListedItem[] = []
  let at = part.size - step
  while (at > end) {
    const entry = itemHeader(image.bytes, part, at)
    if (entry === null) return [...found, broken(host, true)]
    const data = at - entry.size
    found.push(partitionItem(image, part, host, entry, data, true, data >= 0))
    at = data - step
  }
  return found
}

/** From one cached header's start to the data above it: 16 bytes, rounded up to the cache line. */
function headerSpan({ cacheline }: Entry): number {
  return Math.ceil(16 / cacheline) * cacheline
}

/** No cache line, or one so long that the first header would lie before the partition. */
function cannotCache(part: Entry): boolean {
  return part.cacheline === 0 || headerSpan(part) > part.size
}

interface ItemHeader {
  id: number
  size: number
  paddingData: number
  paddingHeader: number
}

function itemHeader(bytes: Uint8Array, part: Entry, offset: number): ItemHeader | null {
  if (offset + 16 > part.size) return null
  const at = part.offset + offset
  if (u16(bytes, at) !== 0xa5a5) return null
  return {
    id: u16(bytes, at + 2),
    size: u32(bytes, at + 4),
    paddingData: u16(bytes, at + 8),
    paddingHeader: u16(bytes, at + 10),
  }
}

function partitionItem(
  { base }: Image,
  part: Entry,
  host: number | null,
  { id, size, paddingData }: ItemHeader,
  data: number,
  cached: boolean,
  fits: boolean,
): ListedItem {
  const healthy = fits && paddingData <= size
  const place =
    data < 0
      ? { region: null, offset: null, address: null }
      : {
          region: hex(base),
          offset: part.offset + data,
          address: hex(base + part.offset + data),
        }
  return {
    id,
    name: itemName(id),
    host,
    heap: 'partition',
    cached,
    ...place,
    size: healthy ? size - paddingData : size,
    error: healthy ? null : { code: 'EINVAL' },
  }
}

/** What stands in the list for a place where nothing more can be known. */
function broken(host: number | null, cached: boolean | null): ListedItem {
  const unknown = { id: null, name: null, region: null, offset: null, address: null, size: null }
  return { ...unknown, host, heap: 'partition', cached, error: { code: 'EINVAL' } }
}

// ---- order and numbers

/** Global first, then by remote host; within a host by id, what has no id last. */
function sorted(items: readonly ListedItem[]): ListedItem[] {
  return [...items].sort(
    (a, b) => (a.host ?? -1) - (b.host ?? -1) || (a.id ?? 0x10000) - (b.id ?? 0x10000),
  )
}

function hex(address: number): string {
  return `0x${address.toString(16).padStart(8, '0')}`
}

/** Little-endian; what lies outside reads as zero. */
function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
}

function u32(bytes: Uint8Array, at: number): number {
  return (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0
}
