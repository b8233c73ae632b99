// SPDX-License-Identifier: MIT
// Dumps with any bytes in the places that their readers trust least: each opens, or is refused by a SmemError.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { storedFrame } from '#lib/dump/stored-frame.js'
import { SmemError } from '#lib/errors.js'
import { takeSnapshot } from '#lib/inspect/snapshot.js'
import { Smem } from '#lib/smem.js'
import { openSource } from '#lib/source/open.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { BASE, v11, v12 } from '../heap/images.js'
import { core } from './core.js'

const eleven = buildImage(v11).bytes
const twelve = buildImage(v12).bytes

/** Words that parsers trip over. */
const word = fc.oneof(
  fc.constantFrom(0, 1, 4, 0x7fffffff, 0x80000000, 0xffffffff, 0xffff),
  fc.nat({ max: 0xffffffff }),
)

describe('readers of dumps, given anything', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  function opens(source: string): void {
    try {
      using smem = Smem.open({ source })
      smem.items()
      smem.check()
    } catch (error) {
      assert.ok(error instanceof SmemError, String((error as Error).stack))
    }
  }

  /** `bytes` with words overwritten below `limit`, and perhaps cut off. */
  function broken(bytes: Uint8Array, limit: number) {
    const change = fc.tuple(fc.nat({ max: limit - 4 }), word)
    const cut = fc.option(fc.nat({ max: bytes.length }), { freq: 5 })
    return fc.tuple(fc.array(change, { minLength: 1, maxLength: 6 }), cut).map(([changes, end]) => {
      const copy = Buffer.from(bytes)
      for (const [offset, value] of changes) copy.writeUInt32LE(value, offset)
      return end === null ? copy : copy.subarray(0, end)
    })
  }

  function survives(files: fc.Arbitrary<Uint8Array>, runs = 300): void {
    const path = join(folder, 'dump')
    fc.assert(
      fc.property(files, (bytes) => {
        writeFileSync(path, bytes)
        opens(`file:${path}`)
      }),
      { numRuns: runs },
    )
  }

  it('survive cores with broken headers', () => {
    const sound = core([
      { physical: 0x60000, bytes: new Uint8Array(4096) },
      { physical: BASE, bytes: eleven },
    ])
    survives(broken(sound, 64 + 2 * 56))
  })

  it('survive snapshots with broken headers and notes', () => {
    using soc = FakeSoc.fromImage(buildImage(v12))
    const source = openSource({ source: `fake:${soc.path}` })
    const { bytes } = takeSnapshot(source, { tool: { name: 'test', version: '0' } })
    source.close()
    survives(broken(bytes, 4096))
  })

  it('survive broken frames', function () {
    this.timeout(100_000) // a megabyte is unpacked for most of them
    survives(broken(storedFrame(twelve), 256), 100)
  })

  it('survive raw files with anything around a header', () => {
    const ram = Buffer.alloc(0x40000)
    ram.set(twelve, 0x11000)
    ram.set(eleven, 0x28000)
    survives(broken(ram.subarray(0x10000), 0x30000), 200)
  })

  it('survive lists with any text', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .tuple(fc.nat(), word, word, fc.constantFrom('A.BIN', 'B.BIN', '../A.BIN', 'C.BIN', 'x'))
        .map(([a, b, c, name]) => `${a} 0x${b.toString(16)} ${c} DDR ${name}`),
      fc
        .tuple(fc.constantFrom('A.BIN', 'B.BIN', '..\\..\\A.BIN'), word)
        .map(([name, base]) => `d.load.binary ${name} 0x${base.toString(16)}00 /noclear`),
    )
    const directory = join(folder, 'directory')
    mkdirSync(directory)
    for (const name of ['A.BIN', 'B.BIN']) writeFileSync(join(directory, name), twelve)
    fc.assert(
      fc.property(fc.constantFrom('dump_info.txt', 'load.cmm'), fc.array(line), (list, lines) => {
        for (const name of ['dump_info.txt', 'load.cmm'])
          rmSync(join(directory, name), { force: true })
        writeFileSync(join(directory, list), lines.join('\n'))
        opens(`dir:${directory}`)
      }),
      { numRuns: 200 },
    )
  })
})
