// SPDX-License-Identifier: MIT
// `report -o FILE.html` on fake SoCs and on dumps that no driver would open: what it writes, what it says, and what it
// leaves alone. Also as the one file that people run, which has the page's script and style inside it.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PageData } from '#lib/inspect/page.js'
import { buildImage } from '#lib/testing/image.js'
import { v12 } from '../heap/images.js'
import { nodeCommand } from '../node.js'
import { qcomSmem, runCli } from './terminal.js'

describe('report', () => {
  let folder = ''
  const path = (name: string) => join(folder, name)
  const report = (...args: string[]) => qcomSmem('--source', 'fake', 'report', ...args)
  const pageIn = (html: string) =>
    JSON.parse(/id="data">(.*?)<\/script>/s.exec(html)![1]!) as PageData

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'qcom-smem-report-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('writes a page, and says on stderr what is in it', async () => {
    const { code, out, err } = await report('-o', path('smem.html'))
    assert.deepEqual([code, out], [0, ''])
    const html = readFileSync(path('smem.html'), 'utf8')
    const { items } = pageIn(html)
    assert.equal(
      err,
      `wrote ${path('smem.html')}: ${Buffer.byteLength(html)} bytes\n` +
        `  ${items.length} items; no findings\n`,
    )
    assert.ok(html.startsWith('<!doctype html>\n'))
    assert.deepEqual(readdirSync(folder), ['smem.html'])
  })

  it('writes a file that only its owner may read: it is memory', async () => {
    await report('-o', path('smem.html'))
    assert.equal(statSync(path('smem.html')).mode & 0o777, 0o600)
  })

  it('tells with --json what it has written', async () => {
    const { code, out, err } = await report('--json', '-o', path('smem.html'))
    assert.deepEqual([code, err], [0, ''])
    const { items } = pageIn(readFileSync(path('smem.html'), 'utf8'))
    assert.deepEqual(JSON.parse(out), {
      schema: 'qcom-smem/report@1',
      file: path('smem.html'),
      size: statSync(path('smem.html')).size,
      warnings: [],
      items: items.length,
      omitted: 0,
      findings: 0,
      problem: null,
    })
  })

  it('writes to stdout with -o -, where nothing else goes then', async () => {
    const { code, out, err } = await report('-o', '-')
    assert.equal(code, 0)
    assert.equal(pageIn(out).info.source, 'fake')
    assert.match(err, /^wrote to the standard output: \d+ bytes\n/)
    assert.ok(out.endsWith('</html>\n'))
  })

  it('replaces a file only with --force', async () => {
    writeFileSync(path('dear'), 'dear')
    const refused = await report('-o', path('dear'))
    assert.deepEqual([refused.code, refused.out], [1, ''])
    assert.match(refused.err, /EEXIST: .*dear is there already\..*--force/)
    assert.equal(readFileSync(path('dear'), 'utf8'), 'dear')
    assert.equal((await report('-o', path('dear'), '--force')).code, 0)
    assert.equal(pageIn(readFileSync(path('dear'), 'utf8')).mode, 'report')
    assert.deepEqual(readdirSync(folder), ['dear'])
  })

  it('leaves nothing behind where it cannot be written', async () => {
    const nowhere = await report('-o', path('no/such/folder'))
    assert.deepEqual([nowhere.code, readdirSync(folder)], [2, []])
    mkdirSync(path('there'))
    assert.match((await report('-o', path('there'), '--force')).err, /EISDIR/)
  })

  it('asks for a file, and for one use of stdout only', async () => {
    const without = await report()
    assert.equal(without.code, 2)
    assert.match(without.err, /needs a file/)
    const both = await runCli(['--source', 'fake', '--json', 'report', '-o', '-'])
    assert.deepEqual([both.code, both.out], [2, ''])
  })

  it('makes no file where there is no SMEM to read', async () => {
    const { code } = await qcomSmem('--source', 'fake:none', 'report', '-o', path('smem.html'))
    assert.equal(code, 2)
    assert.ok(!existsSync(path('smem.html')))
  })

  it('is made of a heap that no driver would open, and says why', async () => {
    const { bytes } = buildImage(v12)
    bytes.fill(0, 0xc0, 0xd0)
    writeFileSync(path('dead.bin'), bytes)
    const source = `file:${path('dead.bin')}`
    const { code, err } = await qcomSmem('--source', source, 'report', '-o', path('dead.html'))
    assert.equal(code, 0)
    assert.match(err, /^ENODEV: SMEM at 0x86300000 is not initialised.*\nwrote /)
    assert.match(err, /no items; [1-9]\d* findings?\n$/)
    const { problem, header, verify } = pageIn(readFileSync(path('dead.html'), 'utf8'))
    assert.equal(problem?.code, 'ENODEV')
    assert.deepEqual([header?.address, verify.ok], ['0x86300000', false])
  })

  it('shows the view of the host that is asked for', async () => {
    const image = path('smem.bin')
    writeFileSync(image, buildImage(v12).bytes)
    const of = ['--source', `file:${image}`, '--local-host', '1']
    await qcomSmem(...of, 'report', '-o', path('modem.html'))
    const { items } = pageIn(readFileSync(path('modem.html'), 'utf8'))
    assert.deepEqual([...new Set(items.map(({ host }) => host))], [null, 0, 2])
  })

  it('has decoders of the user’s own', async () => {
    const decoder = path('own.mjs')
    writeFileSync(
      decoder,
      "export default { name: 'own', items: [137], decode: () => ({ told: 'by me' }) }\n",
    )
    const ran = await qcomSmem('--source', 'fake', '--decoder', decoder, 'report', '-o', path('a'))
    assert.equal(ran.code, 0, ran.err)
    const item = pageIn(readFileSync(path('a'), 'utf8')).items.find(({ id }) => id === 137)
    assert.deepEqual([item?.decoder, item?.value], ['own', { told: 'by me' }])
  })

  it('is the same page from the one file, alone in a folder', async () => {
    copyFileSync('dist/cli.cjs', path('cli.cjs'))
    const image = path('smem.bin')
    writeFileSync(image, buildImage(v12).bytes)
    const args = ['--source', `file:${image}`, 'report', '-o']
    const [node, ...first] = nodeCommand()
    const ran = spawnSync(node, [...first, path('cli.cjs'), ...args, path('one.html')], {
      encoding: 'utf8',
    })
    assert.equal(ran.status, 0, ran.stderr)
    await qcomSmem(...args, path('modules.html'))
    const [one, modules] = ['one.html', 'modules.html'].map((name) =>
      readFileSync(path(name), 'utf8').replace(/"time":"[^"]*"/, ''),
    )
    assert.ok(one === modules, 'they differ')
  })
})
