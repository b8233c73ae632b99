// SPDX-License-Identifier: MIT
// Claims: one direct client for each item, by a byte of the lock file.

import assert from 'node:assert/strict'
import { Claim, claimOfByte } from '#lib/lock/claim.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'

describe('a claim', () => {
  it('is had once, until it is released', () => {
    using soc = FakeSoc.create()
    const { file } = soc.lockPlaces
    const first = new Claim({ id: 137, host: null }, file)
    assert.throws(() => new Claim({ id: 137, host: null }, file), {
      code: 'EBUSY',
      item: 137,
      hint: /qcom-smem lock/,
    })
    first.release()
    first.release()
    new Claim({ id: 137, host: null }, file).release()
  })

  it('keeps items and hosts apart', () => {
    using soc = FakeSoc.create()
    const { file } = soc.lockPlaces
    const claims = [
      { id: 0, host: null },
      { id: 137, host: null },
      { id: 137, host: 0 },
      { id: 137, host: 1 },
      { id: 138, host: 1 },
      { id: 65535, host: 25 },
    ].map((item) => new Claim(item, file))
    for (const { id, host } of claims) {
      assert.throws(() => new Claim({ id, host }, file), { code: 'EBUSY', host: host ?? undefined })
    }
    for (const claim of claims) claim[Symbol.dispose]()
  })

  it('is found by its byte', () => {
    assert.deepEqual(claimOfByte(2 ** 32 + 137), { id: 137, host: null })
    assert.deepEqual(claimOfByte(2 ** 32 + 65536 + 3), { id: 3, host: 0 })
    assert.deepEqual(claimOfByte(2 ** 32 + 26 * 65536 + 65535), { id: 65535, host: 25 })
    assert.equal(claimOfByte(0), null)
    assert.equal(claimOfByte(2 ** 32 - 1), null)
  })

  it('does not stand in the way of the lock', () => {
    using soc = FakeSoc.create()
    using claim = new Claim({ id: 137, host: null }, soc.lockPlaces.file)
    assert.equal(claim.id, 137)
  })
})
