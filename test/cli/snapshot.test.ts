// SPDX-License-Identifier: MIT
// `snapshot -o FILE` on fake SoCs: what it writes and where, what it says, and what it leaves alone.

import assert from 'node:assert/strict'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { decompress } from '#lib/dump/compression.js'
import { loadsOf, notesOf } from '../dump/elf.js'
import { qcomSmem, runCli } from './terminal.js'

describe('snapshot', () => {
  let folder = ''
  const path = (name: string) => join(folder, name)
  const snapshot = (...args: string[]) => qcomSmem('--source', 'fake', 'snapshot', ...args)
  const jsonOf = (text: string) => JSON.parse(text) as Record<string, unknown>

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'qcom-smem-snapshot-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('writes a core, and says on stderr what is in it', async () => {
    const { code, out, err } = await snapshot('-o', path('smem.elf'))
    assert.deepEqual([code, out], [0, ''])
    const file = readFileSync(path('smem.elf'))
    assert.equal(
      err,
      `wrote ${path('smem.elf')}: ${file.length} bytes\n` +
        '  main 0x86000000, 2097152 bytes, but 32768 that only others may touch\n',
    )
    assert.equal(loadsOf(file)[0]!.base, 0x86000000)
    assert.deepEqual(readdirSync(folder), ['smem.elf'])
  })

  it('writes a file that only its owner may read: it is memory', async () => {
    await snapshot('-o', path('smem.elf'))
    assert.equal(statSync(path('smem.elf')).mode & 0o777, 0o600)
  })

  it('tells with --json all that its note tells', async () => {
    const { code, out, err } = await snapshot('--json', '-o', path('smem.elf'))
    assert.deepEqual([code, err], [0, ''])
    const file = readFileSync(path('smem.elf'))
    const { note, ...report } = jsonOf(out)
    assert.deepEqual(report, {
      schema: 'qcom-smem/snapshot-report@1',
      file: path('smem.elf'),
      size: file.length,
      compression: null,
      tries: 1,
      warnings: [],
    })
    assert.deepEqual(note, JSON.parse(notesOf(file)[0]!.description.toString()))
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    assert.deepEqual((note as { tool: unknown }).tool, { name: 'qcom-smem', version })
  })

  it('compresses by the extension', async () => {
    await snapshot('-o', path('plain'))
    const { base, bytes } = loadsOf(readFileSync(path('plain')))[0]!
    for (const [name, compression, unpack] of [
      ['smem.elf.gz', 'gzip', gunzipSync],
      ['smem.elf.zst', 'zstd', (file: Buffer) => decompress(file, 'zstd', 'smem.elf.zst')],
    ] as const) {
      const { out } = await snapshot('--json', '-o', path(name))
      const file = readFileSync(path(name))
      assert.equal(jsonOf(out).compression, compression)
      assert.equal(jsonOf(out).size, file.length)
      assert.ok(file.length < 200_000, `${name} has ${file.length} bytes`)
      const [load] = loadsOf(Buffer.from(unpack(file)))
      assert.equal(load!.base, base)
      assert.ok(load!.bytes.equals(bytes))
    }
  })

  it('writes to stdout with -o -, where nothing else goes then', async () => {
    const { code, out, err } = await snapshot('-o', '-')
    assert.equal(code, 0)
    assert.equal(loadsOf(Buffer.from(out, 'latin1'))[0]!.base, 0x86000000)
    assert.match(err, /^wrote to the standard output: \d+ bytes\n/)
  })

  it('replaces a file only with --force', async () => {
    writeFileSync(path('dear'), 'dear')
    const refused = await snapshot('-o', path('dear'))
    assert.deepEqual([refused.code, refused.out], [1, ''])
    assert.match(refused.err, /EEXIST: .*dear is there already\..*--force/)
    assert.equal(readFileSync(path('dear'), 'utf8'), 'dear')
    assert.equal((await snapshot('-o', path('dear'), '--force')).code, 0)
    assert.equal(loadsOf(readFileSync(path('dear')))[0]!.base, 0x86000000)
    assert.deepEqual(readdirSync(folder), ['dear'])
  })

  it('takes the place of a link with --force, not of what it leads to', async () => {
    writeFileSync(path('dear'), 'dear')
    symlinkSync(path('dear'), path('link'))
    assert.equal((await snapshot('-o', path('link'))).code, 1)
    assert.equal((await snapshot('-o', path('link'), '--force')).code, 0)
    assert.equal(readFileSync(path('dear'), 'utf8'), 'dear')
    assert.equal(loadsOf(readFileSync(path('link')))[0]!.base, 0x86000000)
  })

  it('never takes the place of a device or a folder', async () => {
    const device = await snapshot('-o', '/dev/null', '--force')
    assert.equal(device.code, 2)
    assert.match(device.err, /not a regular file/)
    assert.ok(statSync('/dev/null').isCharacterDevice())
    mkdirSync(path('there'))
    const directory = await snapshot('-o', path('there'), '--force')
    assert.equal(directory.code, 2)
    assert.match(directory.err, /EISDIR/)
  })

  it('leaves nothing behind where it cannot be written', async () => {
    const { code, err } = await snapshot('-o', path('no/such/folder'))
    assert.equal(code, 2)
    assert.match(err, /ENOENT: cannot write .*no\/such\/folder/)
    assert.deepEqual(readdirSync(folder), [])
  })

  it('asks for a file, and for one use of stdout only', async () => {
    const without = await snapshot()
    assert.equal(without.code, 2)
    assert.match(without.err, /needs a file/)
    const both = await runCli(['--source', 'fake', '--json', 'snapshot', '-o', '-'])
    assert.deepEqual([both.code, both.out], [2, ''])
    assert.equal(jsonOf(both.err).schema, 'qcom-smem/error@1')
  })

  it('makes no file where there is no SMEM to read', async () => {
    const { code } = await qcomSmem('--source', 'fake:none', 'snapshot', '-o', path('smem.elf'))
    assert.equal(code, 2)
    assert.ok(!existsSync(path('smem.elf')))
  })
})
