// SPDX-License-Identifier: MIT
// One image, two readers: the library through the interfaces that its users have, and the reader of this
// suite. They must agree on every element, and every healthy item must be found and read.

import assert from 'node:assert/strict'
import { SmemError } from '#lib/errors.js'
import { Heap } from '#lib/heap/heap.js'
import type { Regions } from '#lib/heap/region.js'
import { listReport } from '#lib/inspect/list.js'
import { partitionsReport } from '#lib/inspect/partitions.js'
import { BrokenItem, Item } from '#lib/item.js'
import { BytesPort } from '#lib/port/bytes.js'
import { type Image, type ListedItem, type Reading, read } from './reader.js'

/** Throws an AssertionError where the two readers differ, or whatever the library throws by mistake. */
export function compare(image: Image): void {
  const expected = read(image)
  const budget = new Budget(image)
  const ports = [
    new CountedPort(image.bytes, image.base, budget),
    ...image.aux.map(({ base, bytes }) => new CountedPort(bytes, base, budget)),
  ]
  const [main, ...aux] = ports.map((port, i) => ({ kind: i === 0 ? 'main' : 'aux', port }) as const)
  const regions: Regions = [main!, ...aux]
  const heap = open(regions, image.localHost)
  if (heap instanceof SmemError) {
    const fatal = `${heap.code === 'ENODEV' ? 5 : 6} ${heap.code}`
    assert.equal(fatal, expected.exit === 0 ? 'a heap' : `${expected.exit} ${expected.code}`)
    assert.equal(heap.origin, 'heap')
    return
  }
  assert.equal(expected.exit, 0, `the library opens what fails with ${JSON.stringify(expected)}`)
  const listed = heap.items().map((p) => (p.error === null ? new Item(p) : new BrokenItem(p)))
  same(listReport(listed).items, expected.items)
  same(partitionsReport(heap).partitions, expected.partitions)
  assert.equal(heap.itemCount, expected.itemCount)
  readAll(image, listed, expected.items)
  findAll(image, heap, expected)
}

function open(regions: Regions, localHost: number): Heap | SmemError {
  try {
    return new Heap(regions, { localHost, foreign: true })
  } catch (error) {
    if (error instanceof SmemError) return error
    throw error
  }
}

interface Element {
  readonly error: { readonly code: string; readonly message?: string } | null
}

/** Equal but for the text of messages, which must be there. The first difference is told. */
function same(actual: readonly Element[], expected: readonly Element[]): void {
  for (let i = 0; i < Math.max(actual.length, expected.length); i++) {
    const [ours, theirs] = [coded(actual[i]), expected[i]]
    // As JSON, which is what is printed; the slow comparison is for its message.
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
      assert.deepEqual(ours, theirs, `element ${i}: ${JSON.stringify({ ours, theirs }, null, 1)}`)
    }
  }
}

function coded(element: Element | undefined): Element | undefined {
  if (element === undefined || element.error === null) return element
  assert.ok(element.error.message, 'an error says what is wrong')
  return { ...element, error: { code: element.error.code } }
}

/** The bytes of what is healthy are the bytes of the image. */
function readAll(image: Image, listed: readonly (Item | BrokenItem)[], items: ListedItem[]): void {
  items.forEach((expected, i) => {
    if (expected.error !== null) return
    const bytes = (listed[i] as Item).read()
    assert.ok(Buffer.compare(bytes, bytesOf(image, expected)) === 0, `bytes of ${expected.id}`)
  })
}

function bytesOf(image: Image, { region, offset, size }: ListedItem): Uint8Array {
  const regions = [image, ...image.aux]
  const { bytes } = regions.find(({ base }) => base === Number(region))!
  return bytes.subarray(offset!, offset! + size!)
}

/** A lookup gives the first element of its id and host; what lies behind a break is refused. */
function findAll(image: Image, heap: Heap, expected: Reading & { exit: 0 }): void {
  const { items, itemCount } = expected
  const first = new Map<string, ListedItem>()
  const twice = hostsWithTwo(image, expected)
  for (const item of items) {
    if (item.id === null || item.id >= itemCount || twice.has(item.host ?? -1)) continue
    const key = `${item.id} ${item.host}`
    if (!first.has(key)) first.set(key, item)
  }
  for (const item of first.values()) {
    const found = find(heap, item.id!, item.host)
    if (item.error !== null) assert.equal(found instanceof SmemError && found.code, item.error.code)
    else if (found instanceof SmemError) {
      const cutOff = items.some((e) => e.host === item.host && e.error !== null && !e.cached)
      assert.ok(item.cached && cutOff, `item ${item.id} of ${item.host}: ${found.message}`)
    } else {
      assert.equal(found.offset, item.offset)
      assert.equal(found.size, item.size)
    }
  }
}

/** Only the first of two partitions for one host is searched, and the list does not tell which it is. */
function hostsWithTwo({ localHost }: Image, { partitions }: Reading & { exit: 0 }): Set<number> {
  const once = new Set<number>()
  const twice = new Set<number>()
  for (const { host0, host1 } of partitions) {
    if (host0 !== localHost && host1 !== localHost) continue
    const remote = host0 === localHost ? host1 : host0
    if (once.has(remote)) twice.add(remote)
    once.add(remote)
  }
  return twice
}

function find(
  heap: Heap,
  id: number,
  host: number | null,
): { offset: number; size: number } | SmemError {
  try {
    return heap.find(id, host ?? undefined)
  } catch (error) {
    if (error instanceof SmemError) return error
    throw error
  }
}

/** How much of an image one comparison may touch: each side of 84 partitions once, with room to spare. */
class Budget {
  left: number

  constructor({ bytes }: Image) {
    this.left = 10_000 + 200 * bytes.length
  }

  spend(words: number): void {
    this.left -= words
    assert.ok(this.left > 0, 'the library reads on and on')
  }
}

class CountedPort extends BytesPort {
  readonly #budget: Budget

  constructor(bytes: Uint8Array, base: number, budget: Budget) {
    super(bytes, { base })
    this.#budget = budget
  }

  override read32(offset: number): number {
    this.#budget.spend(1)
    return super.read32(offset)
  }

  override readWords(offset: number, into: Uint32Array): void {
    this.#budget.spend(into.length)
    super.readWords(offset, into)
  }
}
