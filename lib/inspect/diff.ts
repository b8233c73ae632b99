// SPDX-License-Identifier: MIT
// What differs between two SMEMs: items by id and host, and what they hold by field where a decoder reads both, by
// byte everywhere. Places are compared as offsets: where SMEM itself lies is no difference between two heaps.

import { hexAddress, SmemError } from '../errors.js'
import type { BrokenItem, Item } from '../item.js'
import { changedFields, type FieldChange } from '../items/flatten.js'
import type { Smem, SmemOptions } from '../smem.js'
import { heapChanges } from './heap-facts.js'

export type ChangeKind = 'added' | 'gone' | 'moved' | 'resized' | 'changed'

/** An item as one of the two has it. */
export interface ItemSide {
  readonly address: string | null
  /** From the start of its region. */
  readonly offset: number | null
  readonly size: number | null
  readonly error: { readonly code: string; readonly message: string } | null
}

export interface ItemChange {
  /** null for a place where a walk broke off. */
  readonly id: number | null
  readonly name: string | null
  readonly host: number | null
  /** All that apply. */
  readonly changes: readonly ChangeKind[]
  readonly before: ItemSide | null
  readonly after: ItemSide | null
  /** Of the decoder that reads both; null where there is none. */
  readonly decoder: string | null
  /** What differs by that decoder; empty where it does not look at the bytes that do. */
  readonly fields: readonly FieldChange[] | null
  /** Bytes that differ in the length that both have; null where none do, or where they cannot be read. */
  readonly bytes: { readonly count: number; readonly first: number } | null
}

export interface DiffReport {
  readonly schema: 'qcom-smem/diff@1'
  /** The two sources. */
  readonly a: string
  readonly b: string
  readonly same: boolean
  /** What differs of the heaps as such. */
  readonly heap: readonly FieldChange[]
  /** Global items by id, then those of the private partitions by host. */
  readonly items: readonly ItemChange[]
}

/** @throws SmemError EBADF where one of the two was closed */
export function diffReport(
  a: Smem,
  b: Smem,
  view: Pick<SmemOptions, 'localHost'> = {},
): DiffReport {
  const heap = heapChanges(a.source, b.source, view)
  const items = itemChanges(a, b)
  return {
    schema: 'qcom-smem/diff@1',
    a: a.source.name,
    b: b.source.name,
    same: heap.length === 0 && items.length === 0,
    heap,
    items,
  }
}

type Listed = Item | BrokenItem

/** An item with its bytes, and with the region that has it as the how manieth of its SMEM. */
interface Read {
  readonly item: Listed
  readonly region: number
  readonly bytes: Buffer | null
  readonly error: SmemError | null
}

function itemChanges(a: Smem, b: Smem): ItemChange[] {
  const before = byKey(a)
  const after = byKey(b)
  const keys = [...new Set([...before.keys(), ...after.keys()])]
  const item = (key: string) => (after.get(key) ?? before.get(key))!
  return keys
    .sort((x, y) => inOrder(item(x), item(y)))
    .flatMap((key) => {
      const was = before.get(key)
      const is = after.get(key)
      const change = itemChange(was && read(a, was), is && read(b, is))
      return change === null ? [] : [change]
    })
}

/** Broken heaps list an id twice: the second is compared with the second. */
function byKey(smem: Smem): Map<string, Listed> {
  const found = new Map<string, Listed>()
  for (const item of smem.items()) {
    let nth = 0
    while (found.has(`${item.host} ${item.id} ${nth}`)) nth++
    found.set(`${item.host} ${item.id} ${nth}`, item)
  }
  return found
}

/** As in a listing. */
function inOrder(a: Listed, b: Listed): number {
  const last = Number.MAX_SAFE_INTEGER
  return (a.host ?? -1) - (b.host ?? -1) || (a.id ?? last) - (b.id ?? last)
}

function read(smem: Smem, item: Listed): Read {
  const region = smem.source.regions.findIndex(({ port }) => port.base === item.region)
  try {
    return { item, region, bytes: item.read(), error: null }
  } catch (error) {
    if (error instanceof SmemError) return { item, region, bytes: null, error }
    throw error
  }
}

function itemChange(before: Read | undefined, after: Read | undefined): ItemChange | null {
  const { id, name, host } = (after ?? before)!.item
  const known = { id, name, host, before: sideOf(before), after: sideOf(after) }
  if (before === undefined || after === undefined) {
    const change = before === undefined ? 'added' : 'gone'
    return { ...known, changes: [change], decoder: null, fields: null, bytes: null }
  }
  const bytes = changedBytes(before, after)
  const changes: ChangeKind[] = []
  if (before.region !== after.region || before.item.offset !== after.item.offset) {
    changes.push('moved')
  }
  if (before.item.size !== after.item.size) changes.push('resized')
  if (bytes !== null || before.error?.code !== after.error?.code) changes.push('changed')
  if (changes.length === 0) return null
  return { ...known, changes, ...fieldChanges(before, after), bytes }
}

function sideOf(side: Read | undefined): ItemSide | null {
  if (side === undefined) return null
  const { item, error } = side
  return {
    address: item.address === null ? null : hexAddress(item.address),
    offset: item.offset,
    size: item.size,
    error: error && { code: error.code, message: error.message },
  }
}

function changedBytes(before: Read, after: Read): ItemChange['bytes'] {
  if (before.bytes === null || after.bytes === null) return null
  const length = Math.min(before.bytes.length, after.bytes.length)
  if (before.bytes.compare(after.bytes, 0, length, 0, length) === 0) return null
  let count = 0
  let first = -1
  for (let i = 0; i < length; i++) {
    if (before.bytes[i] === after.bytes[i]) continue
    if (first < 0) first = i
    count++
  }
  return { count, first }
}

/** Only where one decoder reads both: an id can mean one thing here and another there. */
function fieldChanges(before: Read, after: Read): Pick<ItemChange, 'decoder' | 'fields'> {
  const was = decoded(before)
  const is = decoded(after)
  if (was === null || is === null || was.decoder !== is.decoder) {
    return { decoder: null, fields: null }
  }
  return { decoder: is.decoder, fields: changedFields(was.value, is.value) }
}

function decoded({ item, bytes }: Read) {
  if (bytes === null || item.error !== null) return null
  try {
    return item.dissect(bytes)
  } catch (error) {
    if (error instanceof SmemError) return null
    throw error
  }
}
