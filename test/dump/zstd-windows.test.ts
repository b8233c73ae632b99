// SPDX-License-Identifier: MIT
// The memory that Zstandard frames ask for, by the bytes of RFC 8878: the last block is empty in all of them.

import assert from 'node:assert/strict'
import { storedFrame } from '#lib/dump/stored-frame.js'
import { unzstd } from '#lib/dump/unzstd.js'
import { largestWindow } from '#lib/dump/zstd-windows.js'

const MAGIC = '28b52ffd'
const LAST = '010000'
const frame = (header: string, blocks = LAST) => Buffer.from(MAGIC + header + blocks, 'hex')
const MIB = 2 ** 20
/** 16 MiB. */
const wide = frame('0070')

describe('the window of a Zstandard frame', () => {
  for (const [name, header, window] of [
    ['the smallest', '0000', 1024],
    ['a power of two and some eighths', '0053', 1024 * 1024 + 3 * 131072],
    ['the largest', '00ff', 2 ** 41 + 7 * 2 ** 38],
    ['beside a dictionary and the size of the content', '8170' + '05' + '00000000', 16 * MIB],
    ['its content, of one byte', '20' + 'ff', 255],
    ['its content, of two bytes', '60' + '0001', 512],
    ['its content, of four', 'a3' + '11223344' + '00000040', 1024 * MIB],
    ['its content, of eight', 'e0' + '0000000000000100', 2 ** 48],
  ] as const) {
    it(`is as its header says: ${name}`, () => {
      assert.equal(largestWindow(frame(header)), window)
    })
  }

  it('is the largest of all frames, behind whatever kinds of blocks, and what is skipped', () => {
    const skippable = Buffer.from('5f2a4d18' + '03000000' + '010203', 'hex')
    // Of one value, which takes one byte for 4096; as it is, two bytes; a checksum behind the last.
    const blocks = frame('0400', `02800000100000aabb${LAST}01020304`)
    assert.equal(largestWindow(Buffer.concat([blocks, skippable, wide, blocks])), 16 * MIB)
  })

  it('is found as far as a file goes', () => {
    const file = Buffer.concat([storedFrame(Buffer.alloc(20_000, 'ab')), wide])
    for (let size = 0; size <= file.length; size++) {
      assert.ok(largestWindow(file.subarray(0, size)) <= 16 * MIB)
    }
    assert.equal(largestWindow(Buffer.from('no frame at all')), 0)
    assert.equal(largestWindow(file), 16 * MIB)
  })

  it('is 128 MiB at most where it is unpacked, and a block in what is written here', () => {
    const code = 'ZSTD_error_frameParameter_windowTooLarge'
    const unpacked = (bytes: Uint8Array) => unzstd(bytes, { maxOutputLength: MIB })
    for (const greedy of [frame('0089'), frame('e0' + '0100000800000000')]) {
      assert.throws(() => unpacked(Buffer.concat([wide, greedy])), { code })
    }
    assert.equal(largestWindow(storedFrame(Buffer.alloc(3 * MIB))), 128 * 1024)
    assert.equal(unpacked(storedFrame(Buffer.alloc(MIB, 3))).length, MIB)
  })
})
