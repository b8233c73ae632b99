// SPDX-License-Identifier: MIT
// The note of a snapshot, written and read back; and what its reader says of notes that somebody has broken.

import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Board } from '#lib/board/board.js'
import { decodeNote, encodeNote, type SnapshotNote } from '#lib/dump/note.js'
import { SmemError } from '#lib/errors.js'

const board: Board = {
  model: 'A board',
  compatible: ['vendor,board', 'qcom,sdm845'],
  soc: 'qcom,sdm845',
  carveOut: {
    base: 0x86000000,
    size: 0x200000,
    node: '/reserved-memory/smem@86000000',
    noMap: true,
  },
  auxiliary: [{ base: 0x60000, size: 0x6000 }],
  hwlock: {
    family: 'tcsr',
    bank: { base: 0x1f40000, size: 0x20000 },
    index: 3,
    address: 0x1f43000,
    form: 'reg',
  },
}

const note: SnapshotNote = {
  tool: { name: 'qcom-smem', version: '1.2.3' },
  time: '2026-01-02T03:04:05.678Z',
  host: 'bench-7',
  kernel: '6.1.0 aarch64',
  source: 'live',
  live: true,
  regions: [
    {
      kind: 'main',
      base: 0x86000000,
      size: 0x200000,
      holes: [
        { offset: 0x3000, size: 0x1000 },
        { offset: 0x4000, size: 4 },
      ],
    },
    { kind: 'aux', base: 2 ** 36, size: 0x6000, holes: [] },
  ],
  localHost: 0,
  foreign: false,
  board,
  hwlock: { address: 0x1f43000, owner: null },
  torn: false,
}

const bytesOf = (json: unknown) => Buffer.from(JSON.stringify(json))
/** The note as its JSON, with what `spoil` does to it. */
// biome-ignore lint/suspicious/noExplicitAny: what is parsed has any form, and is to be spoilt in any way
const spoilt = (spoil: (json: any) => void) => {
  const json = JSON.parse(encodeNote(note).toString())
  spoil(json)
  return bytesOf(json)
}

describe('the note of a snapshot', () => {
  it('is read back as it was written', () => {
    assert.deepEqual(decodeNote(encodeNote(note)), note)
    const bare = { ...note, kernel: null, board: null, hwlock: null, torn: true }
    assert.deepEqual(decodeNote(encodeNote(bare)), bare)
    const lockless = { ...note, board: { ...board, hwlock: null, model: null, soc: null } }
    assert.deepEqual(decodeNote(encodeNote(lockless)), lockless)
  })

  it('has its addresses as text, and its schema', () => {
    const json = JSON.parse(encodeNote(note).toString())
    assert.equal(json.schema, 'qcom-smem/snapshot@1')
    assert.equal(json.regions[0].base, '0x86000000')
    assert.equal(json.regions[1].base, '0x1000000000')
    assert.equal(json.hwlock.address, '0x01f43000')
    assert.equal(json.board.carveOut.base, '0x86000000')
    assert.equal(json.board.hwlock.bank.base, '0x01f40000')
  })

  it('may have fields that a later version adds', () => {
    assert.deepEqual(decodeNote(spoilt((json) => (json.mood = 'fine'))), note)
  })

  const broken: Record<string, [Uint8Array, RegExp]> = {
    'no JSON': [Buffer.from('{"schema":'), /is no JSON/],
    'no UTF-8': [Buffer.from([0x22, 0xff, 0x22]), /is no JSON/],
    'no object': [bytesOf([note]), /is no object/],
    'another schema': [spoilt((json) => (json.schema = 'qcom-smem/snapshot@2')), /snapshot@2/],
    'no region': [spoilt((json) => (json.regions = [])), /not one main region/],
    'two main regions': [spoilt((json) => (json.regions[1].kind = 'main')), /not one main region/],
    'a region of no kind': [spoilt((json) => (json.regions[1].kind = 'sub')), /none of main, aux/],
    'an empty region': [spoilt((json) => (json.regions[1].size = 0)), /is empty/],
    'a region beyond all addresses': [
      spoilt((json) => (json.regions[1].size = Number.MAX_SAFE_INTEGER)),
      /regions\[1\]\.size is no whole number/,
    ],
    'an address that is a number': [
      spoilt((json) => (json.regions[0].base = 5)),
      /regions\[0\]\.base is no address/,
    ],
    'an address that is not exact': [
      spoilt((json) => (json.regions[0].base = '0xffffffffffffff')),
      /regions\[0\]\.base is no address/,
    ],
    'a hole that leaves its region': [
      spoilt((json) => (json.regions[0].holes[1].size = 0x200000)),
      /holes of the region at 0x86000000/,
    ],
    'holes that overlap': [
      spoilt((json) => (json.regions[0].holes[1].offset = 0x3ffc)),
      /holes of the region/,
    ],
    'a size with a fraction': [
      spoilt((json) => (json.regions[0].size = 1.5)),
      /regions\[0\]\.size is no whole number/,
    ],
    'a host that does not fit': [spoilt((json) => (json.localHost = 65536)), /localHost/],
    'a flag that is none': [spoilt((json) => (json.torn = 'no')), /torn is neither/],
    'a field less': [spoilt((json) => delete json.kernel), /kernel is no text/],
    'a board without a carve-out': [
      spoilt((json) => delete json.board.carveOut),
      /board\.carveOut is no object/,
    ],
    'a board with a compatible that is no text': [
      spoilt((json) => json.board.compatible.push(7)),
      /board\.compatible is no list of texts/,
    ],
    'a text as long as a book': [
      spoilt((json) => (json.host = 'x'.repeat(5000))),
      /host is no text/,
    ],
    'a megabyte of JSON': [Buffer.alloc(2 ** 20 + 1, 0x20), /1048577 bytes/],
    'lists in lists in lists': [Buffer.from('['.repeat(500_000)), /is no JSON/],
  }
  for (const [what, [bytes, message]] of Object.entries(broken)) {
    it(`is refused with ${what}`, () => {
      assert.throws(
        () => decodeNote(bytes),
        (error) =>
          error instanceof SmemError &&
          error.code === 'EINVAL' &&
          error.origin === 'input' &&
          error.hint !== undefined &&
          message.test(error.message),
      )
    })
  }

  it('gives a note or EINVAL for any JSON in the place of any field', () => {
    const json = JSON.parse(encodeNote(note).toString())
    const places = pathsOf(json)
    assert.ok(places.length > 40)
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), (place, value) => {
        const copy = structuredClone(json)
        const [name, ...parents] = [...place].reverse()
        const parent = parents.reverse().reduce((at, key) => at[key], copy)
        parent[name!] = value
        try {
          const { regions } = decodeNote(bytesOf(copy))
          assert.ok(regions.every(({ base, size }) => base + size <= 2 ** 53))
        } catch (error) {
          assert.ok(error instanceof SmemError && error.code === 'EINVAL', String(error))
        }
      }),
      { numRuns: 1000 },
    )
  })
})

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (value === null || typeof value !== 'object') return [path]
  const below = Object.entries(value).flatMap(([key, field]) => pathsOf(field, [...path, key]))
  return path.length === 0 ? below : [path, ...below]
}
