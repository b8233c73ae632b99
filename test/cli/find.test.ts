// SPDX-License-Identifier: MIT
// `find` on dumps, and the line that tells people how far a search has come.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ProgressBar } from '#lib/cli/render/progress.js'
import { buildImage } from '#lib/testing/image.js'
import { section, tables } from '../docs/pages.js'
import { core } from '../dump/core.js'
import { BASE, SIZE, v11, v12 } from '../heap/images.js'
import { qcomSmem } from './terminal.js'

const MIB = 2 ** 20
const twelve = buildImage(v12).bytes
const eleven = buildImage(v11).bytes

describe('find', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'find-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  const file = (name: string, bytes: Uint8Array) => {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    return path
  }
  const ram = () => {
    const bytes = new Uint8Array(2 * MIB)
    bytes.set(eleven, 0x11000)
    bytes.set(twelve, MIB)
    return file('ram.bin', bytes)
  }

  it('lists every candidate of a raw dump, the surest first', async () => {
    const path = ram()
    const { code, out, err } = await qcomSmem('--source', `file:${path}`, 'find')
    assert.deepEqual([code, err], [0, ''])
    const [first, second] = out.split('\n\n')
    assert.match(first!, /^0x86300000 {2}version 12\.0 {2}65536 bytes {2}certain\n/)
    assert.ok(first!.includes(`    at 1048576 (0x100000) of ${path}\n`), first)
    assert.match(second!, /^address unknown {2}version 11\.0 {2}65536 bytes {2}likely\n/)
    assert.match(second!, /at 69632 \(0x11000\) of/)
  })

  it('has JSON, with what was looked through', async () => {
    const path = file(
      'core',
      core([
        { physical: 0x40000000, bytes: new Uint8Array(4096) },
        { physical: BASE - 4096, bytes: Buffer.concat([Buffer.alloc(4096), twelve]) },
      ]),
    )
    const { code, out } = await qcomSmem('--source', `file:${path}`, 'find', '--json')
    const found = JSON.parse(out)
    assert.equal(code, 0)
    const { evidence, ...candidate } = found.candidates[0]
    assert.ok(evidence.length >= 2)
    assert.deepEqual(found, {
      schema: 'qcom-smem/find@1',
      source: `file:${path}`,
      segments: [
        { file: path, position: 4096, address: '0x40000000', size: 4096 },
        { file: path, position: 8192, address: '0x862ff000', size: SIZE + 4096 },
      ],
      candidates: [{ ...candidate, evidence }],
    })
    assert.deepEqual(candidate, {
      file: path,
      position: 12288,
      address: '0x86300000',
      version: { raw: '0x000c0000', major: 12, minor: 0 },
      size: SIZE,
      sure: 'certain',
    })
    const described = tables(section('docs/json.md', '`find --json`: `qcom-smem/find@1`'))
    assert.deepEqual(
      described.map((rows) => rows.map(([name]) => name)),
      [found, found.segments[0], found.candidates[0]].map((value) => Object.keys(value)),
    )
  })

  it('looks through a directory, and warns as the others do', async () => {
    const directory = join(folder, 'crash')
    mkdirSync(directory)
    writeFileSync(join(directory, 'DDRCS0.BIN'), twelve)
    writeFileSync(
      join(directory, 'load.cmm'),
      `d.load.binary DDRCS0.BIN 0x${BASE.toString(16)}\nd.load.binary OCIMEM.BIN 0x8600000\n`,
    )
    const { code, out, err } = await qcomSmem('--source', `dir:${directory}`, 'find')
    assert.equal(code, 0)
    assert.match(out, /^0x86300000 .* certain$/m)
    assert.match(err, /^warning: load\.cmm tells of files that are not there: OCIMEM\.BIN$/m)
  })

  it('exits 5 where nothing looks like SMEM, 2 where there is nothing to look through', async () => {
    const path = file('zeros', new Uint8Array(MIB))
    const nothing = await qcomSmem('--source', `file:${path}`, 'find')
    assert.deepEqual([nothing.code, nothing.out], [5, ''])
    assert.match(nothing.err, /Nothing in these 1048576 bytes/)
    const json = await qcomSmem('--source', `file:${path}`, 'find', '--json')
    assert.deepEqual([json.code, JSON.parse(json.out).candidates, json.err], [5, [], ''])
    for (const source of ['fake', 'live', 'file:', `file:${folder}`]) {
      assert.equal((await qcomSmem('--source', source, 'find')).code, 2, source)
    }
  })
})

describe('the progress line', () => {
  const bar = (isErrorTerminal: boolean) => {
    const state = { now: 1000, told: '' }
    const terminal = {
      isErrorTerminal,
      err: (text: string) => {
        state.told += text
      },
    }
    return { state, bar: new ProgressBar(terminal, () => state.now) }
  }

  it('waits for 300 ms, is drawn over itself ten times a second, and goes at the end', () => {
    const { state, bar: line } = bar(true)
    line.update(0, 64 * MIB, 'looking')
    state.now += 299
    line.update(8 * MIB, 64 * MIB, 'looking')
    assert.equal(state.told, '')
    state.now += 1
    line.update(16 * MIB, 64 * MIB, 'looking')
    assert.equal(state.told, '\r\x1b[Klooking [######..................]  25 % of 64 MiB')
    state.told = ''
    state.now += 99
    line.update(20 * MIB, 64 * MIB, 'looking')
    assert.equal(state.told, '')
    state.now += 1
    line.update(32 * MIB, 64 * MIB, 'looking')
    assert.equal(state.told, '\r\x1b[Klooking [############............]  50 % of 64 MiB')
    state.told = ''
    line.update(64 * MIB, 64 * MIB, 'looking')
    assert.equal(state.told, '\r\x1b[K')
    line.clear()
    assert.equal(state.told, '\r\x1b[K')
  })

  it('waits anew for each search, and shows nothing to who is no person', () => {
    const { state, bar: line } = bar(true)
    line.update(0, MIB, 'one')
    line.update(MIB, MIB, 'one')
    state.now += 1000
    line.update(0, MIB, 'two')
    assert.equal(state.told, '')
    const other = bar(false)
    other.bar.update(0, MIB, 'one')
    other.state.now += 1000
    other.bar.update(1, MIB, 'one')
    other.bar.clear()
    assert.equal(other.state.told, '')
  })
})
