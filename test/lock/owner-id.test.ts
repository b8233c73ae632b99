// SPDX-License-Identifier: MIT
// Owner ids: whose they are, and which of them a process may take.

import assert from 'node:assert/strict'
import {
  checkOwnerId,
  DEFAULT_OWNER,
  hostOfOwner,
  ownerLabel,
  ownerOfHost,
} from '#lib/lock/owner-id.js'

describe('an owner id', () => {
  it('is the host id plus one for every processor', () => {
    for (let host = 0; host <= 25; host++) {
      assert.equal(ownerOfHost(host), host + 1)
      assert.equal(hostOfOwner(ownerOfHost(host)), host)
    }
    for (const owner of [0, 27, 128, DEFAULT_OWNER, 0xffffffff]) {
      assert.equal(hostOfOwner(owner), null)
    }
  })

  it('is told by the name of its processor', () => {
    for (const [owner, label] of [
      [1, "this machine's kernel (owner id 1)"],
      [2, 'the processor modem (owner id 2)'],
      [3, 'the processor adsp (owner id 3)'],
      [26, 'the processor qecp (owner id 26)'],
      [27, 'owner id 27'],
      [251, 'owner id 251'],
    ] as const) {
      assert.equal(ownerLabel(owner), label)
    }
  })

  it('may be any that excludes everybody else', () => {
    for (const id of [27, 128, 136, 250, DEFAULT_OWNER, 254, 255, 256, 0xffffffff]) {
      assert.equal(checkOwnerId(id, true), id)
      assert.equal(checkOwnerId(id, false), id)
    }
  })

  it('may not be free, no number, or that of a remote processor', () => {
    const table: [number, RegExp][] = [
      [0, /0 means that the lock is free/],
      [2, /it is that of modem: the lock would be taken from us/],
      [26, /the lock would be taken from us/],
      [-1, /no 32-bit number/],
      [1.5, /no 32-bit number/],
      [2 ** 32, /no 32-bit number/],
      [Number.NaN, /no 32-bit number/],
    ]
    for (const [id, message] of table) {
      for (const kernelBound of [false, true]) {
        assert.throws(() => checkOwnerId(id, kernelBound), {
          code: 'EINVAL',
          origin: 'input',
          message,
          hint: /251/,
        })
      }
    }
  })

  it("may be the kernel's only where the kernel does not use it", () => {
    assert.equal(checkOwnerId(1, false), 1)
    assert.throws(() => checkOwnerId(1, true), { code: 'EINVAL', message: /qcom_hwspinlock/ })
  })
})
