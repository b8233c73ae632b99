// SPDX-License-Identifier: MIT
// Memory with holes: what touches one is refused, everything beside it is as before.

import assert from 'node:assert/strict'
import { BytesPort } from '#lib/port/bytes.js'
import { copyOut } from '#lib/port/copy.js'
import { withHoles } from '#lib/port/holes.js'

const BASE = 0x86000000

describe('a port with holes', () => {
  const bytes = Uint8Array.from({ length: 64 }, (_, i) => i)
  const open = () =>
    withHoles(new BytesPort(bytes.slice(), { base: BASE, writable: true }), [
      { offset: 8, size: 8 },
      { offset: 33, size: 1 },
    ])
  const missing = (from: string, to: string) => ({
    code: 'EINVAL',
    message: `${from} to ${to} is not in this dump`,
  })

  it('reads up to a hole and from its end', () => {
    const port = open()
    assert.equal(port.read32(4), 0x07060504)
    assert.equal(port.read32(16), 0x13121110)
    const into = new Uint8Array(16)
    copyOut(port, 16, into)
    assert.deepEqual(into, bytes.subarray(16, 32))
  })

  it('refuses every word that has a byte in a hole, and names the hole', () => {
    const port = open()
    const first = missing('0x86000008', '0x8600000f')
    for (const offset of [8, 12]) assert.throws(() => port.read32(offset), first)
    assert.throws(() => port.readWords(0, new Uint32Array(3)), first)
    assert.throws(() => port.readWords(0, new Uint32Array(16)), first)
    assert.throws(() => port.read32(32), missing('0x86000021', '0x86000021'))
    assert.throws(() => port.write32(8, 1), first)
    assert.throws(() => port.writeWords(4, new Uint32Array(2)), first)
  })

  it('refuses what is outside as any port does, and reads nothing from anywhere', () => {
    const port = open()
    assert.throws(() => port.read32(64), { message: /outside the memory/ })
    assert.throws(() => port.read32(9), { message: /not aligned/ })
    port.readWords(8, new Uint32Array(0))
    port.close()
    assert.throws(() => port.read32(0), { code: 'EBADF' })
  })
})
