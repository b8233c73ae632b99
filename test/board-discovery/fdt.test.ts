// SPDX-License-Identifier: MIT
// The .dtb reader against what may come from anywhere: every breakage is an EINVAL, nothing else.

import assert from 'node:assert/strict'
import fc from 'fast-check'
import { discoverBoard } from '#lib/board/discover.js'
import { readDtb } from '#lib/board/fdt.js'
import { type DeviceNode, strings } from '#lib/board/tree.js'
import { SmemError } from '#lib/errors.js'
import { msm8916, msm8974, sdm845, vendorMsm8909 } from './boards.js'
import { assembled, dtb } from './tree-writer.js'

const words = (...values: number[]): Buffer => wordsOf(values)
const wordsOf = (values: number[]): Buffer => {
  const buffer = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => {
    buffer.writeUInt32BE(value, index * 4)
  })
  return buffer
}

function changed(at: number, value: number, from = dtb(sdm845)): Buffer {
  const copy = Buffer.from(from)
  copy.writeUInt32BE(value, at)
  return copy
}

describe('a .dtb', () => {
  it('gives names, paths, properties, parents', () => {
    const { root } = readDtb(dtb(sdm845))
    const paths: string[] = []
    const walk = (node: DeviceNode): void => {
      paths.push(node.path)
      for (const child of node.children) {
        assert.equal(child.parent, node)
        walk(child)
      }
    }
    walk(root)
    assert.deepEqual(paths, [
      '/',
      '/reserved-memory',
      '/reserved-memory/smem@86000000',
      '/soc@0',
      '/soc@0/hwlock@1f40000',
    ])
    assert.deepEqual(strings(root, 'compatible'), ['thundercomm,db845c', 'qcom,sdm845'])
    assert.equal(root.name, '')
  })

  it('may lie anywhere in a larger buffer, with bytes after its end', () => {
    const shifted = Buffer.concat([Buffer.alloc(3), dtb(msm8974), Buffer.alloc(7, 0xff)])
    assert.equal(discoverBoard(readDtb(shifted.subarray(3))).soc, 'qcom,msm8974')
  })

  it('may have NOP tokens and unaligned-length values', () => {
    const structure = Buffer.concat([
      words(4, 1, 0, 4, 3, 5, 0),
      Buffer.from('abcd\0\0\0\0'),
      words(4, 2, 9),
    ])
    const { root } = readDtb(assembled(structure, Buffer.from('model\0')))
    assert.deepEqual(strings(root, 'model'), ['abcd'])
  })

  const name = Buffer.from('x\0')
  const broken: { name: string; bytes: Uint8Array; message: RegExp }[] = [
    { name: 'nothing', bytes: new Uint8Array(0), message: /0 bytes/ },
    { name: 'half a header', bytes: dtb(sdm845).subarray(0, 39), message: /39 bytes/ },
    { name: 'another magic', bytes: changed(0, 0x7f454c46), message: /0x7f454c46/ },
    { name: 'a cut end', bytes: dtb(sdm845).subarray(0, 200), message: /200 of its/ },
    { name: 'version 16', bytes: changed(20, 16), message: /version 16/ },
    { name: 'a version from the future', bytes: changed(24, 18), message: /reads version 17/ },
    { name: 'structure outside', bytes: changed(8, 0xfffffff0), message: /structure block/ },
    { name: 'structure too large', bytes: changed(36, 0xffffffff), message: /structure block/ },
    { name: 'structure in the header', bytes: changed(8, 0), message: /structure block/ },
    { name: 'structure not aligned', bytes: changed(8, 57), message: /aligned/ },
    { name: 'strings outside', bytes: changed(12, 0xfffffff0), message: /strings block/ },
    { name: 'no root', bytes: assembled(words(9), name), message: /no root/ },
    { name: 'two roots', bytes: assembled(words(1, 0, 2, 1, 0, 2, 9), name), message: /two root/ },
    {
      name: 'an end too many',
      bytes: assembled(words(1, 0, 2, 2, 9), name),
      message: /did not begin/,
    },
    { name: 'an end too few', bytes: assembled(words(1, 0, 9), name), message: /inside of \// },
    { name: 'no end', bytes: assembled(words(1, 0, 2), name), message: /ends in the middle/ },
    {
      name: 'an unknown token',
      bytes: assembled(words(1, 0, 5), name),
      message: /unknown token 5/,
    },
    {
      name: 'a property outside',
      bytes: assembled(words(3, 0, 0, 9), name),
      message: /outside every node/,
    },
    {
      name: 'a value past the end',
      bytes: assembled(words(1, 0, 3, 0xffffffff, 0, 2, 9), name),
      message: /ends in the middle/,
    },
    {
      name: 'a property name past the end',
      bytes: assembled(words(1, 0, 3, 0, 2, 2, 9), name),
      message: /name of a property of \//,
    },
    {
      name: 'a property name without an end',
      bytes: assembled(words(1, 0, 3, 0, 0, 2, 9), Buffer.from('xx')),
      message: /does not end/,
    },
    {
      name: 'a node name without an end',
      bytes: assembled(words(1, 0x61616161), Buffer.from('x')),
      message: /node name/,
    },
    {
      name: 'an endless name',
      bytes: assembled(Buffer.concat([words(1), Buffer.alloc(400, 0x61), words(0, 2, 9)]), name),
      message: /400 bytes long/,
    },
    {
      name: '65 levels',
      bytes: assembled(wordsOf(Array.from({ length: 65 }, () => [1, 0]).flat()), name),
      message: /64 levels/,
    },
    {
      name: 'more nodes than any board',
      bytes: assembled(
        wordsOf([1, 0, ...Array.from({ length: 100_000 }, () => [1, 0, 2]).flat()]),
        name,
      ),
      message: /100000 nodes/,
    },
  ]
  for (const { name, bytes, message } of broken) {
    it(`is refused with ${name}`, () => {
      assert.throws(() => readDtb(bytes), { name: 'SmemError', code: 'EINVAL', message, hint: /./ })
    })
  }

  it('throws nothing but SmemError, however it is mutated or cut', () => {
    const originals = [sdm845, msm8974, msm8916, vendorMsm8909].map(dtb)
    let refused = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...originals),
        fc.array(fc.tuple(fc.nat(2000), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }),
        fc.option(fc.nat(2000)),
        (original, changes, length) => {
          const bytes = Buffer.from(original)
          for (const [at, value] of changes) bytes[at % bytes.length] = value
          try {
            discoverBoard(readDtb(length === null ? bytes : bytes.subarray(0, length)))
          } catch (error) {
            assert.ok(error instanceof SmemError, `${error}`)
            assert.match(error.code, /^(EINVAL|ENODEV)$/)
            assert.ok(error.hint)
            refused++
          }
        },
      ),
      { numRuns: 20_000 },
    )
    assert.ok(refused > 1000)
  })
})
