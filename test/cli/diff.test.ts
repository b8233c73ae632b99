// SPDX-License-Identifier: MIT
// `diff A B` as it is typed: what a source may be, what is printed, and which of the two cannot be opened.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diffText } from '#lib/cli/render/diff.js'
import { styleFor } from '#lib/cli/render/style.js'
import { ItemId } from '#lib/data/item-names.js'
import type { DiffReport } from '#lib/inspect/diff.js'
import { Smem } from '#lib/smem.js'
import type { TocItemDescription } from '#lib/testing/description.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { qcomSmem, runCli } from './terminal.js'

const reason = (data: string) => ({ id: ItemId.SSR_REASON_MSS0, data, size: 40 })
/** Nobody's. */
const plain = { id: 511, data: 'plain bytes' }

describe('diff', () => {
  let folder = ''
  const path = (name: string) => join(folder, name)

  /** A raw image with these items. */
  function image(name: string, ...global: TocItemDescription[]): string {
    const { bytes } = buildImage({ version: 11, base: 0x86000000, size: 0x4000, global })
    writeFileSync(path(name), bytes)
    return path(name)
  }

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'qcom-smem-diff-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  it('says nothing on stdout where nothing differs, and exits 0', async () => {
    const [a, b] = [image('a', plain), image('b', plain)]
    assert.deepEqual(await qcomSmem('diff', a, b), { code: 0, out: '', err: 'no difference\n' })
  })

  it('prints a line for each item and below it a line for each field, and exits 1', async () => {
    const a = image('a', reason(''), plain, { id: 300, size: 8 })
    const b = image(
      'b',
      reason('out of memory'),
      { id: 511, data: 'Plain Bytes' },
      { id: 301, size: 16 },
    )
    const { code, out, err } = await qcomSmem('diff', a, b)
    assert.deepEqual([code, err], [1, ''])
    assert.equal(
      out,
      [
        `--- file:${a}`,
        `+++ file:${b}`,
        '~ heap',
        '    freeSpace: 7920 -> 7912',
        '- SMEM_SMD_BLOCK_PORT_PROC1_HEAP+34 (300): 8 bytes at 0x00002108',
        '+ SMEM_SMD_BLOCK_PORT_PROC1_HEAP+35 (301): 16 bytes at 0x00002108',
        '~ SMEM_SSR_REASON_MSS0 (421): changed',
        '    crashed: false -> true',
        '    reason: "" -> out of memory',
        '~ SMEM_UNNAMED_511 (511): changed',
        '    2 bytes differ, the first at 0x0',
        '',
      ].join('\n'),
    )
  })

  it('puts the name of a number on the line of the number', async () => {
    const { out } = await qcomSmem('diff', 'fake:sdm845', 'fake:sc7280')
    assert.match(out, /^ {4}platform: 8 \(MTP\) -> 34 \(IDP\)$/m)
    assert.match(out, /^ {4}productCode: - -> 1 \(PC0\)$/m)
    assert.doesNotMatch(out, /platformName|productCodeName/)
  })

  it('prints why an item cannot be read, on either side, and what is new and broken', async () => {
    const a = image('a', plain)
    const b = image('b', plain)
    const bytes = readFileSync(b)
    // Offset of item 511, and an item 510 that is as wrong.
    bytes.writeUInt32LE(0xfffff0, 0xd0 + 16 * 511 + 4)
    bytes.writeUInt32LE(1, 0xd0 + 16 * 510)
    bytes.writeUInt32LE(0xfffff0, 0xd0 + 16 * 510 + 4)
    writeFileSync(b, bytes)
    const { code, out } = await qcomSmem('diff', a, b)
    assert.equal(code, 1)
    assert.match(
      out,
      /^\+ SMEM_EDL_MODE \(510\): 0 bytes at .*, EINVAL: item 510 lies outside its region/m,
    )
    assert.match(out, /^~ SMEM_UNNAMED_511 \(511\): moved 0x000020d0 -> 0x.*, changed$/m)
    assert.match(out, /^ {4}readable -> EINVAL: item 511 lies outside its region/m)
    const back = await qcomSmem('diff', b, a)
    assert.match(back.out, /^ {4}EINVAL: item 511 .* -> readable$/m)
  })

  it('prints JSON with --json', async () => {
    const [a, b] = [image('a', plain), image('b', { id: 511, data: 'plain!bytes' })]
    const { code, out, err } = await qcomSmem('--json', 'diff', a, b)
    assert.deepEqual([code, err], [1, ''])
    const address = '0x000020d0'
    const side = { address, offset: 0x20d0, size: 16, error: null }
    assert.deepEqual(JSON.parse(out), {
      schema: 'qcom-smem/diff@1',
      a: `file:${a}`,
      b: `file:${b}`,
      same: false,
      heap: [],
      items: [
        {
          ...{
            id: 511,
            name: 'SMEM_UNNAMED_511',
            host: null,
            changes: ['changed'],
            before: side,
            after: side,
          },
          ...{ decoder: null, fields: null, bytes: { count: 1, first: 5 } },
        },
      ],
    })
  })

  it('compares sources of any kind: a SoC with its snapshot, an image with a SoC', async () => {
    using soc = FakeSoc.create('msm8916')
    const source = `fake:${soc.path}`
    assert.equal((await qcomSmem('--source', source, 'snapshot', '-o', path('smem.gz'))).code, 0)
    assert.equal((await qcomSmem('diff', source, path('smem.gz'))).code, 0)
    using smem = Smem.open({ source })
    // The second word of socinfo is the chip.
    soc.patch32(smem.get(ItemId.HW_SW_BUILD_ID).address + 4, 99)
    const { code, out } = await qcomSmem('diff', path('smem.gz'), source)
    assert.equal(code, 1)
    assert.match(
      out,
      /^--- file:.*\n\+\+\+ fake:.*\n~ SMEM_HW_SW_BUILD_ID \(137\): changed\n(?: {4}\w+: .*\n)* {4}id: 206 -> 99\n/,
    )
    assert.equal((await qcomSmem('diff', image('a', plain), source)).code, 1)
  })

  it('takes the environment for neither of the two', async () => {
    const a = image('a', plain)
    const ran = await runCli(['diff', a, a], { env: { QCOM_SMEM_SOURCE: 'fake' } })
    assert.equal(ran.code, 0)
  })

  it('makes what memory says harmless', async () => {
    const a = image('a', reason('fine'))
    const b = image('b', reason('\x1b[2Jgone\r\x9b1m'))
    const { out } = await qcomSmem('diff', a, b)
    assert.ok(out.includes('reason: fine -> \\x1b[2Jgone\\x0d\\x9b1m\n'), out)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    assert.doesNotMatch(out, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/)
    const json = await qcomSmem('--json', 'diff', a, b)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    assert.doesNotMatch(json.out, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/)
  })

  it('has colours on a terminal only', async () => {
    const args = ['diff', image('a', reason('one')), image('b', reason('two'))]
    const { out } = await runCli(args, { isTerminal: true, env: { TERM: 'xterm' } })
    assert.ok(out.includes('\x1b[31mone\x1b[39m -> \x1b[32mtwo\x1b[39m'), out)
    assert.ok(!(await runCli(args)).out.includes('\x1b'))
  })

  it('cuts long texts', async () => {
    const [a, b] = ['a', 'b'].map((letter) =>
      image(letter, { id: ItemId.SSR_REASON_MSS0, data: letter.repeat(1000) }),
    )
    const { out } = await qcomSmem('diff', a!, b!)
    assert.ok(out.includes(`${'a'.repeat(160)}... -> ${'b'.repeat(160)}...\n`), out)
  })

  it('cuts long lists of fields, and says so', () => {
    const heap = Array.from({ length: 1000 }, (_, i) => ({ path: `x[${i}]`, before: i, after: -i }))
    const report: DiffReport = {
      ...{ schema: 'qcom-smem/diff@1', a: 'live', b: 'live', same: false },
      ...{ heap, items: [] },
    }
    const lines = diffText(report, styleFor(false, {})).split('\n')
    assert.equal(lines.length, 3 + 64 + 1 + 1)
    assert.deepEqual(lines.slice(-3), [
      '    x[63]: 63 -> -63',
      '    and 936 more; --json has all of them',
      '',
    ])
  })

  it('says which of the two cannot be opened, and why', async () => {
    const a = image('a', plain)
    const missing = path('missing')
    const first = await qcomSmem('diff', missing, a)
    assert.deepEqual([first.code, first.out], [2, ''])
    assert.ok(first.err.startsWith(`qcom-smem: ENOENT: A, file:${missing}: cannot read`), first.err)
    const second = await qcomSmem('--json', 'diff', a, missing)
    assert.equal(second.code, 2)
    assert.match(JSON.parse(second.err).message, /^B, file:.*missing: cannot read/)
    writeFileSync(path('zeros'), Buffer.alloc(0x4000))
    const zeros = await qcomSmem('diff', a, path('zeros'))
    assert.equal(zeros.code, 5)
    assert.match(zeros.err, /ENODEV: B, file:.*zeros: .*not initialised/)
    mkdirSync(path('empty'))
    const empty = await qcomSmem('diff', path('empty'), a)
    assert.equal(empty.code, 2)
    assert.match(empty.err, /A, dir:/)
  })

  it('wants two', async () => {
    assert.equal((await qcomSmem('diff', 'fake')).code, 2)
    assert.equal((await qcomSmem('diff', 'fake', 'fake', 'fake')).code, 2)
  })
})
