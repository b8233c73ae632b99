// SPDX-License-Identifier: MIT
// SMEM out of dumps of every kind: what is listed is what the image has, wherever it was put.

import assert from 'node:assert/strict'
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { storedFrame } from '#lib/dump/stored-frame.js'
import { SmemError } from '#lib/errors.js'
import { Smem, type SmemOptions } from '#lib/smem.js'
import { buildImage } from '#lib/testing/image.js'
import { profiles } from '#lib/testing/profiles.js'
import { core } from '../dump/core.js'
import { BASE, MESSAGE_RAM, SIZE, v11, v12 } from '../heap/images.js'

const MIB = 2 ** 20
const twelve = buildImage(v12).bytes
const eleven = buildImage(v11)
const messageRam = eleven.regions[1]!.bytes

let folder: string
let count = 0
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'dumps-'))
})
after(() => rmSync(folder, { recursive: true }))

function file(bytes: Uint8Array | string, name = `dump-${count++}`): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

function directory(files: Readonly<Record<string, Uint8Array | string>>): string {
  const path = join(folder, `directory-${count++}`)
  mkdirSync(path)
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(path, name), bytes)
  return path
}

/** A file with `bytes` at `position`, sparse up to `size`. */
function sparse(bytes: Uint8Array, position: number, size: number): string {
  const path = join(folder, `sparse-${count++}`)
  const fd = openSync(path, 'w')
  ftruncateSync(fd, size)
  writeSync(fd, bytes, 0, bytes.length, position)
  closeSync(fd)
  return path
}

/** Where everything is, and what else was said. */
function opened(options: SmemOptions) {
  using smem = Smem.open(options)
  const { regions, warnings } = smem.source
  return {
    items: smem.items().map(({ id, host, address, error }) => [id, host, address, error?.code]),
    regions: regions.map(({ kind, port }) => [kind, port.base, port.size]),
    warnings,
  }
}

const refused = (options: SmemOptions, message: RegExp, hint = /./, code = 'EINVAL') =>
  assert.throws(
    () => Smem.open(options),
    (error) => {
      assert.ok(error instanceof SmemError)
      assert.deepEqual([error.code, error.origin], [code, 'input'], error.message)
      assert.match(error.message, message)
      assert.match(error.hint ?? '', hint)
      return true
    },
  )

const padded = (before: number, bytes: Uint8Array, after: number) =>
  Buffer.concat([Buffer.alloc(before), bytes, Buffer.alloc(after)])

/** What the image alone lists. */
const alone = () => opened({ source: `file:${file(twelve)}` })
const inside = (path: string, bytes: number) =>
  `file:${path} does not start with SMEM: it was found ${bytes} bytes into the file`

describe('a dump in one file', () => {
  it('is an ELF core with SMEM somewhere inside one of its segments', () => {
    const bytes = padded(2 * MIB, twelve, MIB)
    const other = { physical: 0x40000000, bytes: new Uint8Array(8192) }
    const path = file(core([other, { physical: BASE - 2 * MIB, bytes }]))
    const { items, regions, warnings } = opened({ source: `file:${path}` })
    assert.deepEqual(items, alone().items)
    assert.deepEqual([regions, warnings], [[['main', BASE, SIZE]], []])
  })

  it('is an ELF core whose segments meet inside SMEM', () => {
    const path = file(
      core([
        { physical: BASE + 0x4000, bytes: twelve.subarray(0x4000) },
        { physical: BASE, bytes: twelve.subarray(0, 0x4000) },
      ]),
    )
    assert.deepEqual(opened({ source: `file:${path}` }).items, alone().items)
  })

  it('is a dump of all memory, with message RAM where the table of contents points', () => {
    const path = file(
      core([
        { physical: MESSAGE_RAM, bytes: messageRam },
        { physical: BASE, bytes: eleven.bytes },
      ]),
    )
    const { items, regions } = opened({ source: `file:${path}` })
    assert.deepEqual(regions, [
      ['main', BASE, SIZE],
      ['aux', MESSAGE_RAM, 0x1000],
    ])
    assert.deepEqual(
      items.find(([id]) => id === 80),
      [80, null, MESSAGE_RAM, undefined],
    )
  })

  it('is a large raw file, of which only SMEM is read', () => {
    const path = sparse(twelve, 37 * MIB, 64 * MIB)
    const found = { ...alone(), warnings: [inside(path, 37 * MIB)] }
    assert.deepEqual(opened({ source: `file:${path}` }), found)
    const base = BASE - 37 * MIB
    assert.deepEqual(opened({ source: `file:${path}`, base }), found)
  })

  it('is a small raw file that starts before SMEM, and says so', () => {
    const path = file(padded(0x5000, twelve, 0x1000))
    const found = { ...alone(), warnings: [inside(path, 0x5000)] }
    assert.deepEqual(opened({ source: `file:${path}` }), found)
  })

  it('is an image with more behind it, where SMEM says that it ends before', () => {
    const path = file(padded(0, twelve, 0x3004))
    const { items, regions, warnings } = opened({ source: `file:${path}` })
    assert.deepEqual(items, alone().items)
    assert.deepEqual(regions, [['main', BASE, SIZE]])
    assert.deepEqual(warnings, [`file:${path} goes on for 12292 bytes behind SMEM`])
  })

  it('says so where nothing tells the physical address', () => {
    const path = sparse(eleven.bytes, 37 * MIB, 64 * MIB)
    const { regions, warnings } = opened({ source: `file:${path}` })
    assert.deepEqual(regions, [['main', 37 * MIB, SIZE]])
    assert.match(warnings.join(), /nothing says where this memory lay.*--base/)
  })

  it('is compressed, whatever its name', () => {
    assert.deepEqual(opened({ source: `file:${file(gzipSync(twelve))}` }), alone())
    assert.deepEqual(opened({ source: `file:${file(storedFrame(twelve))}` }), alone())
    const packed = gzipSync(core([{ physical: BASE, bytes: twelve }]))
    assert.deepEqual(opened({ source: `file:${file(packed)}` }), alone())
  })

  it('is opened where its user says, or its board, where several heaps are in it', () => {
    const { board, describe: description } = profiles.sdm845
    const image = buildImage(description()).bytes
    const path = file(
      core([
        { physical: BASE, bytes: twelve },
        { physical: board.carveOut.base, bytes: image },
      ]),
    )
    const source = `file:${path}`
    assert.deepEqual(opened({ source, base: BASE }), alone())
    assert.deepEqual(opened({ source, soc: 'sdm845' }).regions, [
      ['main', board.carveOut.base, image.length],
    ])
  })

  it('is told of where there is nothing in it', () => {
    const path = file(core([{ physical: 0x80000000, bytes: new Uint8Array(3 * MIB) }]))
    refused(
      { source: `file:${path}` },
      /no SMEM was found in the 3145728 bytes/,
      /--base/,
      'ENODEV',
    )
    const large = sparse(new Uint8Array(1), 0, 20 * MIB)
    refused({ source: `file:${large}` }, /no SMEM was found/, /dir:PATH/, 'ENODEV')
    refused(
      { source: `file:${path}`, base: BASE },
      /nothing of SMEM at 0x86300000/,
      /0x80000000 to 0x802f/,
    )
    refused({ source: `file:${path}`, soc: 'sdm845' }, /nothing of SMEM at 0x86000000/)
    refused({ source: `file:${path}`, soc: 'nosuch' }, /no SoC "nosuch"/)
    refused({ source: `file:${path}`, segments: [{ base: 0, path: 'x' }] }, /--segment/, /dir:PATH/)
  })

  it('warns where another heap looks as good, and where what is taken may be none', () => {
    const two = sparse(twelve, 20 * MIB, 64 * MIB)
    const fd = openSync(two, 'r+')
    writeSync(fd, twelve, 0, twelve.length, 40 * MIB)
    closeSync(fd)
    assert.match(opened({ source: `file:${two}` }).warnings.join(), /qcom-smem find/)
    const copy = file(core([{ physical: 0x40000000, bytes: twelve }]))
    assert.match(
      opened({ source: `file:${copy}` }).warnings.join(),
      /may not be SMEM: .*0x86300000: a copy/,
    )
  })
})

describe('a dump with a part of SMEM', () => {
  it('lists what is there, and warns of what is not', () => {
    const image = buildImage(v12)
    const modem = image.partitions.find(({ host0, host1 }) => host0 === 1 && host1 === 0)!
    const path = file(
      core([
        { physical: BASE, bytes: image.bytes.subarray(0, modem.offset) },
        {
          physical: BASE + modem.offset + modem.size,
          bytes: image.bytes.subarray(modem.offset + modem.size),
        },
      ]),
    )
    using smem = Smem.open({ source: `file:${path}` })
    assert.match(smem.source.warnings.join(), /a part of SMEM is not in the dump: 0x8630/)
    assert.equal(smem.get(137).read()[0], 1)
    assert.throws(() => smem.get(478, { host: 1 }), { code: 'EINVAL', message: /not in this dump/ })
    const broken = smem.items().filter(({ error }) => error !== null)
    assert.deepEqual(
      broken.map(({ id, host, error }) => [id, host, error?.code]),
      [[null, 1, 'EINVAL']],
    )
    // What is not there is not judged, but told: it is neither sound nor broken.
    assert.deepEqual(
      smem.check().map(({ check, host }) => [check, host]),
      [['partition-missing', 1]],
    )
  })

  it('is refused without its header, and opened as far as it goes without its table', () => {
    const headless = core([{ physical: BASE + 0x1000, bytes: twelve.subarray(0x1000) }])
    refused({ source: `file:${file(headless)}`, base: BASE }, /nothing of SMEM at 0x86300000/)
    const { board, describe: description } = profiles.msm8916
    const { base, size } = board.carveOut
    const image = buildImage(description()).bytes.subarray(0, size - 0x2000)
    const source = `file:${file(core([{ physical: base, bytes: image }]))}`
    const { items, regions, warnings } = opened({ source, soc: 'msm8916' })
    using smem = Smem.open({ source, soc: 'msm8916' })
    assert.deepEqual(
      smem.check().map(({ check }) => check),
      // Message RAM is not there.
      ['toc-region', 'toc-region'],
    )
    assert.deepEqual(regions, [['main', base, size]])
    assert.match(warnings.join(), /not in the dump: 0x863fe000 to 0x863fffff/)
    assert.ok(items.some(([id, , , error]) => id === 137 && error === undefined))
    assert.deepEqual(
      items.filter(([id]) => id === null),
      [[null, null, null, 'EINVAL']],
    )
  })
})

describe('a split ramdump', () => {
  const list = (rows: readonly string[]) =>
    [
      'pref               base     length               region            file name',
      '----------------------------------------------------------------------------',
      ...rows,
      '   2 0x0000000081b476d0             5784           CMM Script             load.cmm',
      '',
    ].join('\r\n')
  const row = (base: number, size: number, name: string) =>
    `   1 0x${base.toString(16).padStart(16, '0')} ${String(size).padStart(16)}   DDR CS0 part0 Memo   ${name}`
  const dram = padded(MIB, twelve, 0)

  it('is put together by dump_info.txt', () => {
    const half = MIB + 0x8000
    const path = directory({
      'dump_info.txt': list([
        row(BASE - MIB, half, 'DDRCS0_0.BIN'),
        row(BASE - MIB + half, dram.length - half, 'DDRCS1_0.BIN'),
        // The same again, a piece of DRAM on its own, and no memory at all.
        row(BASE + 8, 4, 'RST_STAT.BIN'),
        row(0x60000, 16, 'mdm_err.txt'),
      ]),
      'DDRCS0_0.BIN': dram.subarray(0, half),
      'ddrcs1_0.bin': dram.subarray(half),
      'RST_STAT.BIN': new Uint8Array(4),
      'mdm_err.txt': 'text',
    })
    assert.deepEqual(opened({ source: `dir:${path}` }), alone())
  })

  it('is put together by load.cmm, with message RAM', () => {
    const path = directory({
      'load.cmm': [
        '; Build ID: 9x35A',
        'if OS.FILE(DDRCS0.BIN)',
        '(',
        `  d.load.binary DDRCS0.BIN 0x${BASE.toString(16)} /noclear`,
        ')',
        `Data.LOAD.Binary "C:\\dump\\MSGRAM.BIN" 0x${MESSAGE_RAM.toString(16)} /noclear`,
        'd.load.elf vmlinux /nocode',
      ].join('\n'),
      'DDRCS0.BIN': eleven.bytes,
      'MSGRAM.BIN': messageRam,
    })
    const { regions, warnings } = opened({ source: `dir:${path}` })
    assert.deepEqual(regions, [
      ['main', BASE, SIZE],
      ['aux', MESSAGE_RAM, 0x1000],
    ])
    assert.deepEqual(warnings, [])
  })

  it('is put together by hand', () => {
    const path = directory({ 'DDRCS0.BIN': dram, 'load.cmm': 'd.load.binary DDRCS0.BIN 0x1000' })
    const elsewhere = file(messageRam)
    const segments = [
      { base: BASE - MIB, path: 'DDRCS0.BIN' },
      { base: MESSAGE_RAM, path: elsewhere },
    ]
    assert.deepEqual(opened({ source: `dir:${path}`, segments }), alone())
    const missing = [{ base: 0, path: 'DDRCS9.BIN' }]
    refused({ source: `dir:${path}`, segments: missing }, /DDRCS9\.BIN/, /./, 'ENOENT')
    const twice = [
      ...segments,
      { base: BASE, path: elsewhere },
      { base: BASE + 8, path: elsewhere },
    ]
    refused({ source: `dir:${path}`, segments: [...twice] }, /overlap/)
  })

  it('warns of files that are missing, short, empty or no memory, and reads the others', () => {
    const path = directory({
      'dump_info.txt': list([
        row(BASE, 2 * SIZE, 'DDRCS0.BIN'),
        row(0x100000000, 4096, 'DDRCS1.BIN'),
        row(0x200000000, 4096, 'EMPTY.BIN'),
      ]),
      'DDRCS0.BIN': twelve,
      'EMPTY.BIN': '',
    })
    const { items, warnings } = opened({ source: `dir:${path}` })
    assert.deepEqual(items, alone().items)
    assert.equal(warnings.length, 3)
    assert.match(warnings.join('\n'), /DDRCS0\.BIN has only 65536 of the 131072 bytes/)
    assert.match(warnings.join('\n'), /EMPTY\.BIN is empty/)
    assert.match(warnings.join('\n'), /files that are not there: DDRCS1\.BIN/)
  })

  it('does not read more of a file than the list says', () => {
    const path = directory({
      'dump_info.txt': list([row(BASE, SIZE, 'A.BIN'), row(BASE + SIZE, 4096, 'B.BIN')]),
      'A.BIN': padded(0, twelve, 8192),
      'B.BIN': new Uint8Array(4096),
    })
    assert.deepEqual(opened({ source: `dir:${path}` }), alone())
  })

  it('is refused where pieces overlap, and says which', () => {
    const path = directory({
      'dump_info.txt': list([row(BASE, SIZE, 'A.BIN'), row(BASE + 4096, SIZE, 'B.BIN')]),
      'A.BIN': twelve,
      'B.BIN': twelve,
    })
    refused({ source: `dir:${path}` }, /overlap: .*A\.BIN.*B\.BIN/, /load address/)
  })

  it('is refused where the directory has no dump, saying what was looked for', () => {
    refused(
      { source: `dir:${directory({})}` },
      /no dump_info\.txt and no load\.cmm/,
      /DDRCS0_0\.BIN/,
    )
    const bare = directory({ 'DDRCS1.BIN': twelve, 'DDRCS0.BIN': twelve })
    refused({ source: `dir:${bare}` }, /does not say what is where/, /--segment ADDR=DDRCS0\.BIN/)
    const other = directory({ 'load.cmm': 'print "hello"' })
    refused({ source: `dir:${other}` }, /load\.cmm there list no \.BIN file/)
    const gone = directory({ 'load.cmm': 'd.load.binary DDRCS0.BIN 0x0' })
    refused({ source: `dir:${gone}` }, /none of the files that load\.cmm tells of/)
    refused({ source: `dir:${join(folder, 'nowhere')}` }, /nowhere/, /file:PATH/, 'ENOENT')
    refused({ source: `dir:${file('x')}` }, /not a directory/i, /file:PATH/, 'ENOTDIR')
    refused({ source: 'dir:' }, /names no directory/, /dir:PATH/)
  })

  it('is not written to', () => {
    const path = directory({
      'load.cmm': `d.load.binary A.BIN ${BASE.toString(16)}`,
      'A.BIN': twelve,
    })
    assert.throws(() => Smem.open({ source: `dir:${path}`, writable: true }), { code: 'EROFS' })
  })
})
