// SPDX-License-Identifier: MIT
// What `show`, `socinfo` and `versions` print: labelled tables, and hexdumps that name the field of every byte.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodedText } from '#lib/cli/render/decoded.js'
import { hexdump } from '#lib/cli/render/hexdump.js'
import { labelledHexdump } from '#lib/cli/render/labelled-hexdump.js'
import { styleFor } from '#lib/cli/render/style.js'
import type { Decoded } from '#lib/items/decoder.js'
import { buildImage } from '#lib/testing/image.js'
import { socinfo } from '#lib/testing/items/socinfo.js'
import { findProfile } from '#lib/testing/profiles.js'
import { sdm845 } from '../board-discovery/boards.js'
import { dtb } from '../board-discovery/tree-writer.js'
import { runCli } from './terminal.js'

const plain = styleFor(false, {})
const coloured = styleFor(true, {})
const lines = (text: string) => text.split('\n').slice(0, -1)
const shown = (value: Decoded) => lines(decodedText(value, plain))

describe('a decoded value', () => {
  it('is a line for each field, with the names of numbers and bits behind them', () => {
    const value = {
      platform: 8,
      platformName: 'MTP',
      stateBits: ['RUN', 'INIT'],
      state: 5,
      model: 0x10014,
      modelName: 'PM8998',
      kind: 77,
      kindName: null,
      none: 0,
      noneName: null,
      flags: 0,
      flagsBits: [],
      serial: 0xc0ffee42,
      chipName: 'text',
      gone: null,
      empty: '',
      on: true,
      list: [1, 2],
      nothing: [],
    }
    assert.deepEqual(shown(value), [
      'platform  8 (MTP)',
      'state     0x5 (RUN, INIT)',
      'model     0x10014 (PM8998)',
      'kind      77 (?)',
      'none      0',
      'flags     0',
      'serial    3237998146 (0xc0ffee42)',
      'chipName  text',
      'gone      -',
      'empty     ""',
      'on        true',
      'list      1, 2',
      'nothing   none',
    ])
  })

  it('is a table where it is an array of records', () => {
    const parts = [
      { model: 1, dieRevision: '2.0' },
      { model: 20, modelName: 'PM8998', dieRevision: '1.0' },
    ]
    assert.deepEqual(shown({ count: 2, parts }), [
      'count  2',
      'parts',
      '  #    model        dieRevision',
      '  [0]  1            2.0',
      '  [1]  20 (PM8998)  1.0',
    ])
  })

  it('has no row numbers in a table that has its own', () => {
    const numbered = [
      { index: 4, size: 8 },
      { index: 9, size: 1000 },
    ]
    assert.deepEqual(shown(numbered), ['index  size', '    4     8', '    9  1000'])
    assert.deepEqual(shown([{ part: 0, on: 1 }]), ['part  on', '   0   1'])
  })

  it('is a table of its sides where they have names', () => {
    assert.deepEqual(shown({ sides: { apps: { head: 1 }, modem: { head: 2 } } }), [
      'sides',
      '         head',
      '  apps      1',
      '  modem     2',
    ])
  })

  it('has records side by side where a table would be too wide, one after the other where that is, too', () => {
    const record = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`field${i}`, i]))
    assert.deepEqual(shown([{ ...record, a: 'x' }, record]).slice(0, 3), [
      '         [0]  [1]',
      'field0   0    0',
      'field1   1    1',
    ])
    const wide = { ...record, text: 'x'.repeat(100) }
    assert.deepEqual(shown([wide, wide]).slice(0, 2), ['[0]', '  field0   0'])
  })

  it('is written record by record where records have parts', () => {
    const value = [{ name: 'a', masks: [{ mask: 1 }] }, 7]
    assert.deepEqual(shown(value), [
      '[0]',
      '  name  a',
      '  masks',
      '    #    mask',
      '    [0]     1',
      '[1]  7',
    ])
  })

  it('cannot bring the terminal out of order, by text or by name', () => {
    const evil = '\x1b[2J\u009b31m\n'
    for (const value of [
      evil,
      { [evil]: evil },
      [{ [evil]: evil }],
      { a: { [evil]: { b: evil } } },
    ]) {
      const text = decodedText(value, plain)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/)
      assert.match(text, /\\x1b\[2J\\x9b31m\\x0a/)
    }
  })
})

describe('a hexdump', () => {
  it('folds rows that repeat, and ends with the size', () => {
    const bytes = Buffer.alloc(0x54)
    bytes.write('socinfo', 0x41, 'latin1')
    assert.deepEqual(lines(hexdump(bytes)), [
      '00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|',
      '*',
      '00000040  00 73 6f 63 69 6e 66 6f  00 00 00 00 00 00 00 00  |.socinfo........|',
      '00000050  00 00 00 00                                       |....|',
      '00000054',
    ])
    assert.deepEqual(lines(hexdump(Buffer.alloc(0))), ['00000000'])
  })
})

describe('a labelled hexdump', () => {
  const value = {
    format: '0.1',
    name: 'a name of twenty-four byt',
    pmics: [
      { model: 1, modelName: 'PM8941', rev: 2 },
      { model: 2, rev: 3 },
    ],
    words: [7, 8],
  }
  const fields = [
    { path: 'words[0]', offset: 52, size: 4 },
    { path: 'words[1]', offset: 56, size: 4 },
    { path: 'format', offset: 0, size: 4 },
    { path: 'name', offset: 4, size: 25 },
    { path: 'pmics[0].model', offset: 32, size: 4 },
    { path: 'pmics[0].rev', offset: 36, size: 4 },
    { path: 'pmics[1].model', offset: 40, size: 4 },
    { path: 'pmics[1].rev', offset: 44, size: 4 },
  ]
  const bytes = Buffer.alloc(64)
  bytes.writeUInt32LE(1, 0)
  bytes.write(value.name, 4, 'latin1')
  for (const [at, word] of [
    [32, 1],
    [36, 2],
    [40, 2],
    [44, 3],
    [52, 7],
    [56, 8],
  ] as const) {
    bytes.writeUInt32LE(word, at)
  }

  it('has a line for each field and each small record, and the text of what is no field', () => {
    assert.deepEqual(lines(labelledHexdump(bytes, fields, value, plain)), [
      '00000000  01 00 00 00                                       format = 0.1',
      '00000004  61 20 6e 61 6d 65 20 6f  66 20 74 77 65 6e 74 79  name = a name of twenty-four byt',
      '00000014  2d 66 6f 75 72 20 62 79  74                       |-four byt|',
      '0000001d  00 00 00                                          |...|',
      '00000020  01 00 00 00  02 00 00 00                          pmics[0]: model = 1 (PM8941), rev = 2',
      '00000028  02 00 00 00  03 00 00 00                          pmics[1]: model = 2, rev = 3',
      '00000030  00 00 00 00                                       |....|',
      '00000034  07 00 00 00  08 00 00 00                          words: [0] = 7, [1] = 8',
      '0000003c  00 00 00 00                                       |....|',
      '00000040',
    ])
  })

  it('has at most four fields and sixteen bytes of a record on a line', () => {
    const record = Object.fromEntries('abcdef'.split('').map((name, i) => [name, i]))
    const spans = Object.keys(record).map((name, i) => ({
      path: `r[0].${name}`,
      offset: i,
      size: 1,
    }))
    const narrow = labelledHexdump(Buffer.from([0, 1, 2, 3, 4, 5]), spans, { r: [record] }, plain)
    assert.deepEqual(lines(narrow).slice(0, 2), [
      '00000000  00  01  02  03  r[0]: a = 0, b = 1, c = 2, d = 3',
      '00000004  04  05          r[0]: e = 4, f = 5',
    ])
    const wide = spans.slice(0, 3).map(({ path }, i) => ({ path, offset: i * 8, size: 8 }))
    assert.match(
      lines(labelledHexdump(Buffer.alloc(24), wide, { r: [record] }, plain))[0]!,
      /r\[0\]: a = 0, b = 1$/,
    )
  })

  it('shows fields that lie over each other one after the other', () => {
    const over = [
      { path: 'a', offset: 0, size: 8 },
      { path: 'b', offset: 4, size: 4 },
    ]
    assert.deepEqual(lines(labelledHexdump(bytes.subarray(0, 12), over, { a: 1, b: 2 }, plain)), [
      '00000000  01 00 00 00 61 20 6e 61  a = 1',
      '00000004  61 20 6e 61              b = 2',
      '00000008  6d 65 20 6f              |me o|',
      '0000000c',
    ])
  })

  it('has the bytes and the name of a field in one colour, neighbours in others', () => {
    const text = labelledHexdump(bytes, fields, value, coloured)
    const esc = '\x1b'
    const colours = lines(text).map((line) =>
      line.split(esc).flatMap((part) => /^\[(3[0-8])m/.exec(part)?.[1] ?? []),
    )
    assert.deepEqual(colours.slice(0, 2), [
      ['36', '36'],
      ['33', '33'],
    ])
    assert.deepEqual(colours[4], ['35', '32', '35', '32'])
    const bare = text.split(esc).map((part) => part.replace(/^\[\d+m/, ''))
    assert.equal(bare.join(''), labelledHexdump(bytes, fields, value, plain))
  })

  it('cannot bring the terminal out of order, and leaves long text to the bytes', () => {
    const evil = `\x1b[2J${'y'.repeat(100)}`
    const text = labelledHexdump(
      Buffer.alloc(4),
      [{ path: 'x', offset: 0, size: 4 }],
      { x: evil },
      plain,
    )
    assert.match(text, /x = \\x1b\[2Jy{53}\.\.\.$/m)
  })
})

describe('show', () => {
  const qcomSmem = (line: string) => runCli(line.split(' '))

  it('names the fields of an item in its hexdump', async () => {
    const { code, out, err } = await qcomSmem('--source fake show HW_SW_BUILD_ID --hex')
    assert.deepEqual([code, err], [0, ''])
    assert.match(out, /^00000034 {2}08 00 00 00 +platform = 8 \(MTP\)$/m)
    assert.match(out, /^0000000c {2}53 44 4d 38 .* buildId = SDM845\.LA/m)
    assert.match(out, /pmics\[2\]: model = 0x30018 \(PM8005\/PM8922\), dieRevision = 2\.0$/m)
  })

  it('says what else an id is called, or means, and how to tell', async () => {
    const renamed = await qcomSmem('--source fake show 435 --host modem')
    assert.match(renamed.out, /^also known as SMEM_\w+/m)
    const both = await qcomSmem('--source fake show 421')
    assert.match(
      both.out,
      /^either {3}SMEM_SSR_REASON_MSS0: .*\nor {7}SMEM_BOOT_FLASH_TYPE: .*\nto tell {2}/m,
    )
    assert.doesNotMatch((await qcomSmem('--source fake show 137')).out, /known as|either/)
  })

  it('is what socinfo prints, and socinfo --json', async () => {
    for (const rest of ['', ' --json', ' --hex']) {
      const [long, short] = await Promise.all([
        qcomSmem(`--source fake:sc7280 show 137${rest}`),
        qcomSmem(`--source fake:sc7280 socinfo${rest}`),
      ])
      assert.deepEqual(short, long)
    }
  })

  describe('of a dump', () => {
    let folder = ''
    let source = ''
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'show-'))
      const bytes = Buffer.from(socinfo({ format: 23, id: 321, buildId: 'x\x1b[2J\u009b' }))
      bytes.writeUInt32LE(24, 0)
      const [main] = buildImage({
        version: 11,
        base: 0x86000000,
        size: 0x100000,
        global: [
          { id: 137, data: bytes },
          { id: 107, data: Buffer.alloc(16, 1) },
          { id: 469, data: Buffer.from('BOOT\x1b[2J\x07'.padEnd(128, '\0'), 'latin1') },
        ],
      }).regions
      writeFileSync(join(folder, 'smem.bin'), main!.bytes)
      source = `file:${join(folder, 'smem.bin')}`
    })
    after(() => rmSync(folder, { recursive: true }))

    it('tells its notes on stderr, and with --json in the report', async () => {
      const note = 'format 0.24 is newer than 0.23; decoded as that'
      const { out, err } = await qcomSmem(`--source ${source} show 137`)
      assert.equal(err, `note: ${note}\n`)
      assert.match(out, /^format +0\.24$/m)
      assert.match(out, /^buildId +x\\x1b\[2J\\x9b$/m)
      const json = await qcomSmem(`--source ${source} show 137 --json`)
      assert.equal(json.err, '')
      const { notes, fields } = JSON.parse(json.out)
      assert.deepEqual(notes, [note])
      assert.deepEqual(fields[1], { path: 'id', offset: 4, size: 4 })
    })

    it('prints the versions that can be read, escaped, and says which cannot', async () => {
      const { code, out, err } = await qcomSmem(`--source ${source} versions`)
      assert.equal(code, 0)
      assert.match(out, /^image +boot +BOOT\\x1b\[2J\\x07 +- +-$/m)
      assert.match(err, /^item 107 is not shown: .*16 bytes/)
      const { errors } = JSON.parse((await qcomSmem(`--source ${source} versions --json`)).out)
      assert.deepEqual(
        errors.map(({ item, code }: { item: number; code: string }) => [item, code]),
        [[107, 'EINVAL']],
      )
    })
  })
})

describe('show of an SMP2P item', () => {
  it('says what the device tree calls its words', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-show-'))
    try {
      const [image, tree] = [join(folder, 'smem.bin'), join(folder, 'board.dtb')]
      writeFileSync(image, buildImage(findProfile('sdm845').describe()).bytes)
      const edge = { compatible: 'qcom,smp2p', 'qcom,smem': [435, 428], 'qcom,remote-pid': 1 }
      const inbound = { 'qcom,entry-name': 'slave-kernel', 'interrupt-controller': true } as const
      writeFileSync(tree, dtb({ ...sdm845, 'smp2p-mpss': { ...edge, inbound } }))
      const args = ['--source', `file:${image}`, '--dtb', tree, 'show', '--host', 'modem']
      const deviceTree = async (item: string) =>
        JSON.parse((await runCli([...args, item, '--json'])).out).deviceTree
      const node = '/smp2p-mpss'
      assert.deepEqual(await deviceTree('435'), {
        ...{ node, remote: 1, direction: 'in', entries: ['slave-kernel'] },
      })
      assert.deepEqual((await deviceTree('428')).entries, [])
      assert.equal(await deviceTree('478'), null)
      const { out } = await runCli([...args, '435'])
      assert.match(out, /^device tree: \/smp2p-mpss, by which the kernel listens to slave-kernel$/m)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('versions', () => {
  it('has images and protocols in one table', async () => {
    const { out, err } = await runCli(['--source', 'fake:msm8916', 'versions'])
    assert.equal(err, '')
    assert.match(out, /^OF +WHO +VERSION +VARIANT +OEM\n/)
    assert.match(out, /^image +mpss +MPSS\.DPM\.2\.0-00022 +M8936FAAAANUZM +fake-soc$/m)
    assert.match(out, /^SMEM +master SBL +11\.0 +- +-$/m)
  })

  it('has both tables of images, and the version words of the header, in JSON', async () => {
    const { out } = await runCli(['--source', 'fake:sc7280', 'versions', '--json'])
    const { schema, images, protocols, errors } = JSON.parse(out)
    assert.equal(schema, 'qcom-smem/versions@1')
    assert.deepEqual(images.at(-1), {
      ...{ item: 667, index: 37, image: 'devcfg' },
      ...{ name: 'DEVCFG.XF.5.15-00064', variant: 'KODIAK', oem: 'fake-soc' },
    })
    assert.deepEqual(protocols.at(-1), {
      ...{ item: 3, protocol: 'SMEM', index: 7, owner: 'master SBL', major: 12, minor: 1 },
    })
    assert.deepEqual(errors, [])
  })
})
