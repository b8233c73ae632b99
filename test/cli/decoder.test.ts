// SPDX-License-Identifier: MIT
// `--decoder FILE`: a vendor's item decoded by a few lines of the user's.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ItemId } from '#lib/data/item-names.js'
import { defineDecoder } from '#lib/items/decoder.js'
import { text, u32 } from '#lib/layout/scalar.js'
import { struct } from '#lib/layout/struct.js'
import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { nodeCommand } from '../node.js'
import { qcomSmem } from './terminal.js'

const program = fileURLToPath(new URL('../../../../dist/cli.cjs', import.meta.url))

const projectInfo = struct('project info', { project: u32, board: text(12) })

/** A version-11 heap with one vendor item. */
function socWithVendorItem(): FakeSoc {
  const bytes = new Uint8Array(projectInfo.size)
  projectInfo.write(new DataView(bytes.buffer), 0, { project: 15801, board: 'proto-2' })
  return FakeSoc.create({
    version: 11,
    base: 0x86300000,
    size: 0x40000,
    fixedItems: true,
    global: [{ id: ItemId.ID_VENDOR2, data: bytes }],
  })
}

describe('--decoder', () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'qcom-smem-decoder-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  const file = (name: string, source: string) => {
    const path = join(folder, name)
    writeFileSync(path, source)
    return path
  }
  const asFunction = () =>
    file(
      'function.mjs',
      `export default ({ defineDecoder, struct, u32, text, ItemId }) => defineDecoder({
         name: 'project-info',
         items: [ItemId.ID_VENDOR2],
         fields: struct('project info', { project: u32, board: text(12) }),
       })`,
    )

  it('decodes an item of the user by a structure, field by field', async () => {
    using soc = socWithVendorItem()
    const source = ['--source', `fake:${soc.path}`, '--decoder', asFunction(), '--json']
    const { code, out } = await qcomSmem(...source, 'show', 'ID_VENDOR2')
    const { decoder, value, fields } = JSON.parse(out)
    assert.deepEqual([code, decoder], [0, 'project-info'])
    assert.deepEqual(value, { project: 15801, board: 'proto-2' })
    assert.deepEqual(fields, [
      { path: 'project', offset: 0, size: 4 },
      { path: 'board', offset: 4, size: 12 },
    ])
  })

  it('takes a plain object, and an array of them', async () => {
    using soc = socWithVendorItem()
    const path = file(
      'array.mjs',
      `export default [{ name: 'length', items: [136], decode: (item) => ({ length: item.size }) }]`,
    )
    const on = ['--source', `fake:${soc.path}`, '--decoder', path, '--json']
    const { out } = await qcomSmem(...on, 'show', '136')
    assert.deepEqual(JSON.parse(out).value, { length: 16 })
  })

  it('works in the program that is shipped', () => {
    using soc = socWithVendorItem()
    const [command, ...prefix] = nodeCommand()
    const args = ['--source', `fake:${soc.path}`, '--decoder', asFunction(), 'show', '136']
    const { status, stdout, stderr } = spawnSync(command, [...prefix, program, ...args], {
      encoding: 'utf8',
    })
    assert.deepEqual([status, stderr], [0, ''])
    assert.match(stdout, /project +15801/)
    assert.match(stdout, /board +proto-2/)
  })

  it('says what is wrong with a file, and exits with 2', async () => {
    const broken: [string, string, RegExp][] = [
      ['none.mjs', 'export const decoder = 1', /none\.mjs has no default export/],
      [
        'syntax.mjs',
        'export default {',
        /cannot load the decoders in .*syntax\.mjs: SyntaxError[^\n]*\. Hint/,
      ],
      [
        'throwing.mjs',
        "export default () => { throw new Error('no tables') }",
        /the decoders in .*throwing\.mjs cannot be made: Error: no tables/,
      ],
      ['nameless.mjs', 'export default { items: [136] }', /the decoder \S* ?has no name/],
      ['itemless.mjs', "export default { name: 'x' }", /the decoder "x" names no item ids/],
      ['empty.mjs', "export default { name: 'x', items: [1] }", /needs either `fields` or/],
      ['null.mjs', 'export default null', /has no name/],
    ]
    for (const [name, source, message] of broken) {
      const { code, err } = await qcomSmem(
        '--source',
        'fake',
        '--decoder',
        file(name, source),
        'ls',
      )
      assert.equal(code, 2, name)
      assert.match(err, message)
    }
    const { code, err } = await qcomSmem('--decoder', join(folder, 'absent.mjs'), 'list')
    assert.equal(code, 2)
    assert.match(err, /ENOENT: cannot read .*absent\.mjs: no such file/)
  })

  it('shows the bytes where the decoder fails, and why', async () => {
    using soc = socWithVendorItem()
    const path = file(
      'throws.mjs',
      `export default { name: 'mine', items: [136], decode() { return null.length } }`,
    )
    const on = ['--source', `fake:${soc.path}`, '--decoder', path]
    const { code, out, err } = await qcomSmem(...on, 'show', '136')
    assert.equal(code, 0)
    assert.match(err, /not decoded: the decoder mine failed: TypeError/)
    assert.match(out, /^00000000 /m)
  })

  for (const [fault, source] of [
    ['throws in accepts', 'accepts() { throw new Error("no") }, decode: () => 1'],
    ['returns a bigint', 'decode: () => ({ serial: 5n })'],
    ['returns nothing', 'decode() {}'],
    ['returns a cycle', 'decode() { const a = {}; a.a = a; return a }'],
  ] as const) {
    it(`that ${fault} spoils no command`, async () => {
      using soc = socWithVendorItem()
      const path = file(`${fault}.mjs`, `export default { name: 'mine', items: [136], ${source} }`)
      const on = ['--source', `fake:${soc.path}`, '--decoder', path, '--json']
      const shown = await qcomSmem(...on, 'show', '136')
      const { decoder, value, undecoded } = JSON.parse(shown.out)
      assert.deepEqual([shown.code, decoder, value, undecoded.code], [0, null, null, 'EINVAL'])
      assert.match(undecoded.message, /^the decoder mine failed: /)
      const page = join(folder, 'page.html')
      for (const command of [
        ['report', '-o', page, '--force'],
        ['watch', '--count', '1'],
        ['diff', `fake:${soc.path}`, `fake:${soc.path}`],
        ['versions'],
      ]) {
        const { code, err } = await qcomSmem(...on, ...command)
        assert.deepEqual([code, err], [0, ''], command[0])
      }
    })
  }
})

describe('defineDecoder', () => {
  it('gives an Smem a decoder that comes before ours', () => {
    using soc = socWithVendorItem()
    const own = defineDecoder({ name: 'own', items: [1, 136], decode: ({ size }) => ({ size }) })
    using smem = Smem.open({ source: `fake:${soc.path}`, decoders: [own] })
    assert.deepEqual(smem.get(ItemId.HEAP_INFO).decode(), { size: 16 })
    assert.equal(smem.get(136).dissect()!.decoder, 'own')
    using plain = Smem.open({ source: `fake:${soc.path}` })
    assert.equal(plain.get(136).dissect(), null)
  })

  it('reads only inside the item, and other items of its heap', () => {
    using soc = socWithVendorItem()
    const own = defineDecoder({
      name: 'own',
      items: [136],
      decode: (item) => ({
        initialized: item.sibling(ItemId.HEAP_INFO)!.peek(u32, 0),
        absent: item.sibling(400) === null,
        beyond: item.peek(u32, item.size),
        far: item.read('far', u32, 1000),
      }),
    })
    using smem = Smem.open({ source: `fake:${soc.path}`, decoders: [own] })
    assert.throws(() => smem.get(136).decode(), {
      code: 'EINVAL',
      message: /far takes 4 bytes at 1000/,
    })
  })
})
