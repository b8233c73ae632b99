// SPDX-License-Identifier: MIT
// Files far larger than what they are given for: refused before they are read, with a way out.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { encodeNote, NOTE_NAME, NOTE_TYPE } from '#lib/dump/note.js'
import { Smem, type SmemOptions } from '#lib/smem.js'
import { buildImage } from '#lib/testing/image.js'
import { core, noteOf } from '../dump/core.js'
import { BASE, SIZE, v12 } from '../heap/images.js'

const MIB = 2 ** 20
const GIB = 2 ** 30
const twelve = buildImage(v12).bytes

describe('a file that is too large', () => {
  let folder: string
  let source: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'limits-'))
    source = `file:${sparse('smem.bin', twelve)}`
  })
  after(() => rmSync(folder, { recursive: true }))

  /** Takes no room on the disk, whatever its size. */
  function sparse(name: string, start: Uint8Array, size = start.length): string {
    const path = join(folder, name)
    writeFileSync(path, start)
    truncateSync(path, size)
    return path
  }

  const refused = (options: SmemOptions, message: RegExp, hint: RegExp) =>
    assert.throws(() => Smem.open(options), { code: 'EINVAL', origin: 'input', message, hint })

  for (const gibibytes of [1, 3, 5]) {
    it(`is refused as a compressed dump of ${gibibytes} GiB`, () => {
      for (const [start, hint] of [
        [gzipSync('x'), /unpack it first: gunzip -d FILE/],
        [Buffer.from('28b52ffd', 'hex'), /unpack it first: zstd -d FILE/],
      ] as const) {
        const path = sparse('packed', start, gibibytes * GIB)
        const message = new RegExp(`^${path} has ${gibibytes * GIB} bytes; .* 536870912 at most$`)
        refused({ source: `file:${path}` }, message, hint)
      }
    })

    it(`is refused as a device tree or an auxiliary region of ${gibibytes} GiB`, () => {
      const path = sparse('other', Buffer.from('d00dfeed', 'hex'), gibibytes * GIB)
      refused({ source, dtb: path }, /^\S+ has \d+ bytes; a device tree .* 16777216/, /\.dtb/)
      const aux = [{ base: 0x60000, path }]
      refused({ source, aux }, /^\S+ has \d+ bytes; an auxiliary region .* 268435456/, /alone/)
    })
  }
})

describe('a snapshot', () => {
  const folder = mkdtempSync(join(tmpdir(), 'limits-'))
  after(() => rmSync(folder, { recursive: true }))

  /** With as many auxiliary regions, all of them where main SMEM is. */
  function snapshot(regions: number, size: number): string {
    const aux = { kind: 'aux', base: BASE, size, holes: [] } as const
    const note = encodeNote({
      ...{ tool: { name: 'test', version: '0' }, time: '', host: '', kernel: null, source: 'live' },
      ...{ live: true, localHost: 0, foreign: false, board: null, hwlock: null, torn: false },
      regions: [{ ...aux, kind: 'main', size: SIZE }, ...Array(regions).fill(aux)],
    })
    const path = join(folder, 'snapshot')
    const notes = noteOf(NOTE_NAME, NOTE_TYPE, note)
    writeFileSync(path, core([{ physical: BASE, bytes: twelve }], { notes }))
    return `file:${path}`
  }

  it('is refused where its note asks for more memory than any board has', () => {
    using smem = Smem.open({ source: snapshot(3, MIB) })
    assert.equal(smem.source.regions.length, 4)
    for (const [regions, size] of [
      [3, 100 * MIB],
      [300, MIB],
    ] as const) {
      const source = snapshot(regions, size)
      const total = SIZE + regions * size
      assert.throws(() => Smem.open({ source }), {
        ...{ code: 'EINVAL', origin: 'input', hint: /268435456.*--base/ },
        message: `the regions of ${source} have ${total} bytes together`,
      })
    }
  })
})
