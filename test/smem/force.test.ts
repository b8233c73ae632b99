// SPDX-License-Identifier: MIT
// A heap that is not sound, and the wish to allocate in it all the same; and what -v tells of a commit.

import assert from 'node:assert/strict'
import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'

const FREE_OFFSET = 0x863000c4

describe('an unsound heap', () => {
  it('is not allocated in, and the check is named', () => {
    using soc = FakeSoc.create('msm8916')
    using smem = Smem.open({ source: `fake:${soc.path}`, writable: true })
    // Item 420 leaves region 0 at its end.
    ;[1, 0xff000, 0x200000].forEach((word, i) => {
      soc.patch32(0x863000d0 + 420 * 16 + i * 4, word)
    })
    const before = smem.header
    assert.throws(() => smem.alloc(400, 8), { code: 'EINVAL', message: /toc-range/, item: 400 })
    assert.throws(() => smem.planAlloc(400, 8), { code: 'EINVAL', message: /toc-range/ })
    assert.deepEqual(smem.header, before)
    assert.equal(smem.source.hwlockOwner(), 0)
    assert.equal(smem.alloc(400, 8, { force: true }).size, 8)
  })

  it('is never allocated in over what is there, whatever its free offset says', () => {
    using soc = FakeSoc.create('msm8916')
    using smem = Smem.open({ source: `fake:${soc.path}`, writable: true })
    soc.patch32(FREE_OFFSET, 0x3000)
    assert.throws(() => smem.alloc(400, 8), { code: 'EINVAL', message: /toc-past-free/ })
    assert.throws(() => smem.alloc(400, 8, { force: true }), {
      code: 'EINVAL',
      message: /would overlap item/,
    })
  })
})

describe('a commit that is watched', () => {
  it('is told before it is made, with the lock around it', () => {
    let told = ''
    using soc = FakeSoc.create('msm8916')
    using smem = Smem.open({
      source: `fake:${soc.path}`,
      writable: true,
      trace: (text) => {
        told += text
      },
    })
    const { offset } = smem.alloc(400, 8)
    const word = (value: number) => `0x${value.toString(16).padStart(8, '0')}`
    const entry = 0x863000d0 + 400 * 16
    assert.deepEqual(
      told
        .split('\n')
        .filter((line) => line.startsWith('W '))
        .slice(0, 4),
      [
        'W 0x01908000 <- 0x000000fb (the lock)'.replace(
          '0x01908000',
          word(soc.board.hwlock.address),
        ),
        `W ${word(entry + 4)} <- ${word(offset)}`,
        `W ${word(entry + 8)} <- 0x00000008`,
        `W ${word(entry)} <- 0x00000001`,
      ],
    )
    assert.match(told, new RegExp(`W ${word(soc.board.hwlock.address)} <- 0x00000000\\n$`))
  })
})
