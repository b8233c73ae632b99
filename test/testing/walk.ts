// SPDX-License-Identifier: MIT
// A second reader of SMEM images, as short as it can be and with every offset typed: what the builder makes is
// not judged by the layout tables that it was made with.

import assert from 'node:assert/strict'

export interface Found {
  readonly id: number
  readonly partition: number | null
  readonly cached: boolean
  readonly bytes: Buffer
  /** Bytes that nothing else may lie on: first, and behind the last. */
  readonly region: number
  readonly from: number
  readonly to: number
}

export interface Region {
  readonly base: number
  readonly bytes: Uint8Array
}

/** Every item of a sound image; asserts whatever a reader relies on. */
export function walk(regions: readonly Region[]): Found[] {
  const main = Buffer.from(regions[0]!.bytes)
  assert.deepEqual([main.readUInt32LE(0xc0), main.readUInt32LE(0xcc)], [1, 0])
  return [...walkToc(regions), ...walkPartitions(main)]
}

function walkToc(regions: readonly Region[]): Found[] {
  const main = Buffer.from(regions[0]!.bytes)
  const free = main.readUInt32LE(0xc4)
  assert.ok(free + main.readUInt32LE(0xc8) <= main.length)
  const found: Found[] = []
  for (let id = 0; id < 512; id++) {
    const at = 0xd0 + 16 * id
    if (main.readUInt32LE(at) === 0) continue
    const [from, size, aux] = [4, 8, 12].map((field) => main.readUInt32LE(at + field)) as [
      number,
      number,
      number,
    ]
    const region = aux === 0 ? 0 : regions.findIndex(({ base }) => base === aux)
    const memory = Buffer.from(regions[region]!.bytes)
    assert.equal(size % 8, 0)
    assert.ok(from + size <= (region === 0 ? free : memory.length))
    const bytes = memory.subarray(from, from + size)
    found.push({ id, partition: null, cached: false, bytes, region, from, to: from + size })
  }
  return found
}

function walkPartitions(main: Buffer): Found[] {
  const table = main.length - 4096
  if (main.toString('latin1', table, table + 4) !== '$TOC') return []
  assert.equal(main.readUInt32LE(table + 4), 1)
  const found: Found[] = []
  for (let index = 0; index < main.readUInt32LE(table + 8); index++) {
    const entry = table + 32 + 48 * index
    const start = main.readUInt32LE(entry)
    const size = main.readUInt32LE(entry + 4)
    const line = main.readUInt32LE(entry + 16)
    const part = main.subarray(start, start + size)
    assert.equal(start % 4096, 0)
    assert.ok(start + size <= table)
    assert.equal(part.toString('latin1', 0, 4), '$PRT')
    assert.equal(part.readUInt32LE(4), main.readUInt32LE(entry + 12))
    assert.equal(part.readUInt32LE(8), size)
    const up = part.readUInt32LE(12)
    const down = part.readUInt32LE(16)
    assert.ok(up >= 32 && up <= down && down <= size)

    let at = 32
    while (at < up) {
      const item = entryAt(part, at)
      const data = at + 16 + item.gap
      const bytes = part.subarray(data, data + item.size - item.padding)
      const to = start + data + item.size
      found.push({
        id: item.id,
        partition: index,
        cached: false,
        bytes,
        region: 0,
        from: start + at,
        to,
      })
      at = data + item.size
    }
    assert.equal(at, up)

    const span = line === 0 ? 0 : Math.ceil(16 / line) * line
    let end = size
    while (end > down) {
      const item = entryAt(part, end - span)
      assert.equal(item.gap, span - 16)
      assert.equal(item.size % line, 0)
      const data = end - span - item.size
      const bytes = part.subarray(data, data + item.size - item.padding)
      const to = start + end
      found.push({
        id: item.id,
        partition: index,
        cached: true,
        bytes,
        region: 0,
        from: start + data,
        to,
      })
      end = data
    }
    assert.equal(end, down)
  }
  return found
}

function entryAt(part: Buffer, at: number) {
  assert.equal(part.readUInt16LE(at), 0xa5a5)
  assert.equal(part.readUInt32LE(at + 12), 0)
  return {
    id: part.readUInt16LE(at + 2),
    size: part.readUInt32LE(at + 4),
    padding: part.readUInt16LE(at + 8),
    gap: part.readUInt16LE(at + 10),
  }
}
