// SPDX-License-Identifier: MIT
// Addresses to listen on, as people write them.

import assert from 'node:assert/strict'
import { bracketed, isLoopback, parseAddress } from '#lib/inspect/live/address.js'

describe('an address to listen on', () => {
  it('may leave out one half', () => {
    const read = (text: string) => {
      const { host, port } = parseAddress(text)
      return [host, port]
    }
    assert.deepEqual(read('0.0.0.0:80'), ['0.0.0.0', 80])
    assert.deepEqual(read('10.0.0.7'), ['10.0.0.7', 8787])
    assert.deepEqual(read('9000'), ['127.0.0.1', 9000])
    assert.deepEqual(read('localhost:0'), ['127.0.0.1', 0])
    assert.deepEqual(read('[::1]:9000'), ['::1', 9000])
    assert.deepEqual(read('[::]'), ['::', 8787])
    assert.deepEqual(read('fe80::1'), ['fe80::1', 8787])
  })

  it('is refused with an example where it is none', () => {
    for (const text of [
      '',
      ':80',
      'board7:80',
      '1.2.3:80',
      '1.2.3.4:65536',
      '1.2.3.4:x',
      '70000',
      '[x]:1',
    ]) {
      assert.throws(() => parseAddress(text), { code: 'EINVAL', hint: /127\.0\.0\.1:8787/ }, text)
    }
  })

  it('is of this machine alone, or not', () => {
    for (const host of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '::FFFF:127.0.0.1']) {
      assert.ok(isLoopback(host), host)
    }
    for (const host of [
      '0.0.0.0',
      '::',
      '10.127.0.1',
      '1270.0.0.1',
      'fe80::1',
      '::ffff:10.0.0.1',
    ]) {
      assert.ok(!isLoopback(host), host)
    }
  })

  it('stands in brackets in a URL where it has colons', () => {
    assert.deepEqual(['::1', '127.0.0.1'].map(bracketed), ['[::1]', '127.0.0.1'])
  })
})
