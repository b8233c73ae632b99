// SPDX-License-Identifier: MIT
// Addresses on their way from a node's bus to the processors.

import assert from 'node:assert/strict'
import { readDtb } from '#lib/board/fdt.js'
import { physicalRange } from '#lib/board/ranges.js'
import { dtb, type TreeText, type Value } from './tree-writer.js'

/** The physical range of a device with `reg` on a 1/1-cell bus with these `ranges`. */
function behind(ranges: Value | null, reg: number[], root: TreeText = {}) {
  const bus: TreeText = { '#address-cells': 1, '#size-cells': 1, device: { reg } }
  if (ranges !== null) bus.ranges = ranges
  const tree = readDtb(dtb({ '#address-cells': 2, '#size-cells': 2, ...root, bus }))
  return physicalRange(tree.root.children[0]!.children[0]!)
}

describe('address translation', () => {
  it('leaves addresses alone where ranges is empty', () => {
    assert.deepEqual(behind(true, [0x1000, 0x10]), { base: 0x1000, size: 0x10 })
  })

  it('moves them by the window they are in', () => {
    const windows = [0, 0, 0x40000000, 0x1000, 0x1000, 0x1, 0, 0x1000]
    assert.equal(behind(windows, [0xffc, 0x4]).base, 0x40000ffc)
    assert.equal(behind(windows, [0x1000, 0x4]).base, 0x100000000)
  })

  it('reaches the last address of a window one byte short of 4 GiB, not the one after', () => {
    const window = [0, 0, 0, 0xffffffff]
    assert.equal(behind(window, [0xfffffffe, 1]).base, 0xfffffffe)
    assert.throws(() => behind(window, [0xffffffff, 1]), { code: 'EINVAL', message: /no window/ })
  })

  it('tests the start only, so a region may touch the end of 4 GiB behind such a window', () => {
    assert.deepEqual(behind([0, 0, 0, 0xffffffff], [0xffe00000, 0x200000]), {
      base: 0xffe00000,
      size: 0x200000,
    })
  })

  it('refuses an address that no window covers', () => {
    assert.throws(() => behind([0x1000, 0, 0, 0x1000], [0xfff, 1]), {
      code: 'EINVAL',
      message: /0xfff is in no window of "ranges" of \/bus/,
    })
  })

  it('refuses to translate through a bus without ranges', () => {
    assert.throws(() => behind(null, [0x1000, 0x10]), {
      code: 'EINVAL',
      message: /\/bus has no "ranges"/,
    })
  })

  it('takes /reserved-memory without ranges as it is, as the kernel does at early boot', () => {
    const region = { reg: [0x80000000, 0x1000] }
    const tree = readDtb(
      dtb({ 'reserved-memory': { '#address-cells': 1, '#size-cells': 1, region } }),
    )
    const node = tree.root.children[0]!.children[0]!
    assert.equal(physicalRange(node).base, 0x80000000)
  })

  it('goes through every bus, each with its own widths', () => {
    const tree = readDtb(
      dtb({
        '#address-cells': 2,
        '#size-cells': 2,
        outer: {
          '#address-cells': 1,
          '#size-cells': 2,
          ranges: [0x100, 0x2, 0x300, 0, 0x100],
          inner: {
            '#address-cells': 3,
            '#size-cells': 1,
            ranges: [0, 0, 0x40, 0x120, 0x40],
            device: { reg: [0, 0, 0x48, 0x8] },
          },
        },
      }),
    )
    const device = tree.root.children[0]!.children[0]!.children[0]!
    // inner: 0x48 - 0x40 + 0x120 = 0x128; outer: 0x128 - 0x100 + 0x2_0000_0300
    assert.deepEqual(physicalRange(device), { base: 0x200000328, size: 8 })
  })

  it('refuses ranges that are no whole records', () => {
    assert.throws(() => behind([0, 0, 0], [0, 1]), { code: 'EINVAL', message: /1 \+ 2 \+ 1/ })
  })

  it('refuses a result beyond every address', () => {
    assert.throws(() => behind([0, 0xffffffff, 0, 0xffffffff], [0, 1]), {
      code: 'EINVAL',
      message: /beyond/,
    })
  })
})
