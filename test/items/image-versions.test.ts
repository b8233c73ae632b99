// SPDX-License-Identifier: MIT
// Items 469 and 667 on bytes laid by hand: 128-byte records, name at 0, variant at 75, OEM version at 96.

import assert from 'node:assert/strict'
import { decode, dissect } from './decode.js'

const FIRST = 469
const SECOND = 667

function table(
  size: number,
  ...images: [record: number, name: string, variant?: string, oem?: string][]
) {
  const bytes = Buffer.alloc(size)
  for (const [record, name, variant = '', oem = ''] of images) {
    bytes.write(name, record * 128, 75, 'latin1')
    bytes.write(variant, record * 128 + 75, 20, 'latin1')
    bytes.write(oem, record * 128 + 96, 32, 'latin1')
  }
  return bytes
}

describe('the image versions', () => {
  it('have the records that are not empty, with index and image', () => {
    const bytes = table(
      4096,
      [0, 'BOOT.XF.2.0', 'SDM845LZB', 'oem'],
      [11, 'MPSS.AT.4.0'],
      [31, 'CDSP3'],
    )
    bytes.write('left over', 5 * 128 + 96, 'latin1')
    const { value, notes, fields } = dissect(FIRST, bytes)!
    assert.deepEqual(value, [
      { index: 0, image: 'boot', name: 'BOOT.XF.2.0', variant: 'SDM845LZB', oem: 'oem' },
      { index: 11, image: 'mpss', name: 'MPSS.AT.4.0', variant: '', oem: '' },
      { index: 31, image: 'cdsp3', name: 'CDSP3', variant: '', oem: '' },
    ])
    assert.deepEqual(notes, [])
    assert.deepEqual(fields[4], { path: '[1].variant', offset: 11 * 128 + 75, size: 20 })
  })

  it('of the second table have the indices from 32', () => {
    const images = decode(SECOND, table(4096, [5, 'DEVCFG'], [31, 'LAST'])) as object[]
    assert.deepEqual(images, [
      { index: 37, image: 'devcfg', name: 'DEVCFG', variant: '', oem: '' },
      { index: 63, image: null, name: 'LAST', variant: '', oem: '' },
    ])
  })

  it('fill their fields to the end, without a NUL', () => {
    const [image] = decode(
      FIRST,
      table(4096, [1, 'n'.repeat(75), 'v'.repeat(20), 'o'.repeat(32)]),
    ) as { name: string; variant: string; oem: string }[]
    assert.deepEqual([image!.name.length, image!.variant.length, image!.oem.length], [75, 20, 32])
  })

  it('of a shorter table are those of its whole records, and it says so', () => {
    const { value, notes } = dissect(FIRST, table(3 * 128 + 127, [2, 'TZAPP'], [3, 'RPM']))!
    assert.deepEqual(
      (value as { index: number }[]).map(({ index }) => index),
      [2],
    )
    assert.deepEqual(notes, ['only 3 of 32 records are there'])
    assert.deepEqual(decode(FIRST, table(128, [0, 'BOOT'])), [
      { index: 0, image: 'boot', name: 'BOOT', variant: '', oem: '' },
    ])
    assert.throws(() => decode(FIRST, Buffer.alloc(127, 1)), { code: 'EINVAL', item: FIRST })
  })

  it('of a longer table are the first 32, and it says so', () => {
    const { value, notes } = dissect(FIRST, table(40 * 128, [31, 'CDSP3'], [32, 'BEYOND']))!
    assert.equal((value as object[]).length, 1)
    assert.deepEqual(notes, ['40 records are there; those from 32 on are not decoded'])
  })
})
