// SPDX-License-Identifier: MIT
// The lists of a split ramdump, line by line.

import assert from 'node:assert/strict'
import { loadLists } from '#lib/dump/load-list.js'

const parsed = (list: string, text: string) =>
  loadLists.find(({ name }) => name === list)!.parse(text)

describe('a list of the pieces of a ramdump', () => {
  for (const [line, piece] of [
    ['1 0x80000000 4096 DDR CS0 part0 Memo DDRCS0_0.BIN', ['DDRCS0_0.BIN', 0x80000000, 4096]],
    ['  12   80000000   4096   A.bin  ', ['A.bin', 0x80000000, 4096]],
    ['1 0X1f 1 \t x y A.BIN', ['A.BIN', 0x1f, 1]],
    ['1 0x10 4096 A.BIN load.cmm', null],
    ['1 0x10 4096', null],
    ['1 0x10 4096A.BIN', null],
    ['a 0x10 4096 DDR A.BIN', null],
    ['1 0xg0 4096 DDR A.BIN', null],
    ['1 0x10 - DDR A.BIN', null],
  ] as const) {
    it(`dump_info.txt: ${line.trim()}`, () => {
      const [found] = parsed('dump_info.txt', line)
      assert.deepEqual(found === undefined ? null : [found.name, found.base, found.size], piece)
    })
  }

  it('has lines of any length', () => {
    const long = 'a'.repeat(2 ** 20)
    const spaces = ' '.repeat(2 ** 20)
    assert.deepEqual(
      parsed('dump_info.txt', `1 0x10 1 ${long} x.txt\n1 0x10 1 ${long}${spaces}.`),
      [],
    )
    assert.deepEqual(parsed('dump_info.txt', `1 0x10 1 ${long} A.BIN`), [
      { name: 'A.BIN', base: 0x10, size: 1 },
    ])
    for (const line of [`d.load.b ${long}`, `d.load.b A.BIN ${long}z`, `d.load.b${spaces}"`]) {
      assert.deepEqual(parsed('load.cmm', line), [])
    }
  })
})
