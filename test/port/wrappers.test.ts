// SPDX-License-Identifier: MIT
// What the wrappers say of the accesses they pass on, and how a port tells that it cannot be opened.

import assert from 'node:assert/strict'
import { BytesPort } from '#lib/port/bytes.js'
import { openDevMem } from '#lib/port/devmem.js'
import { recording } from '#lib/port/recording.js'
import { tracing } from '#lib/port/tracing.js'

const port = () =>
  new BytesPort(Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 0), { base: 0x86300040, writable: true })

describe('the tracing port', () => {
  it('tells each access with its address, and fences', () => {
    let told = ''
    const traced = tracing(port(), (text) => {
      told += text
    })
    traced.read32(0)
    traced.fence('load')
    traced.readWords(0, new Uint32Array(2))
    traced.write32(4, 0xabcd)
    traced.writeWords(0, Uint32Array.of(5))
    assert.deepEqual(told.split('\n'), [
      'R 0x86300040 -> 0x00000001',
      'F load',
      'R 0x86300040 -> 0x00000001',
      'R 0x86300044 -> 0x00000002',
      'W 0x86300044 <- 0x0000abcd',
      'W 0x86300040 <- 0x00000005',
      '',
    ])
  })
})

describe('an access that does not come back', () => {
  it('was announced before it was made', () => {
    let told = ''
    const hanging = port()
    hanging.read32 = () => {
      throw new Error('the bus does not answer')
    }
    const traced = tracing(hanging, (text) => {
      told += text
    })
    assert.throws(() => traced.read32(4), /does not answer/)
    assert.equal(told, 'R 0x86300044')
  })
})

describe('the recording port', () => {
  it('keeps the sequence of accesses, across ports that share it', () => {
    const first = recording(port())
    const second = recording(port(), first.accesses)
    first.read32(4)
    second.fence('full')
    second.write32(0, 9)
    first.writeWords(0, Uint32Array.of(8))
    first.readWords(0, new Uint32Array(1))
    assert.deepEqual(first.accesses, [
      { kind: 'read', address: 0x86300044, value: 2 },
      { kind: 'fence', fence: 'full' },
      { kind: 'write', address: 0x86300040, value: 9 },
      { kind: 'write', address: 0x86300040, value: 8 },
      { kind: 'read', address: 0x86300040, value: 8 },
    ])
  })
})

describe('the bytes port', () => {
  it('reads a last word that the end cuts off as if zeros followed', () => {
    const cut = new BytesPort(Uint8Array.of(1, 2, 3, 4, 5))
    assert.equal(cut.size, 5)
    assert.equal(cut.read32(4), 5)
    assert.throws(() => cut.read32(8), { code: 'EINVAL' })
  })

  it('takes bytes that lie at an odd place', () => {
    const odd = new Uint8Array([9, 1, 0, 0, 0]).subarray(1)
    assert.equal(new BytesPort(odd).read32(0), 1)
  })
})

describe('/dev/mem', () => {
  it('that is not there is told with the system call and what to do', () => {
    assert.throws(() => openDevMem(0x86000000, 4096, { device: `${import.meta.filename}/mem` }), {
      name: 'SmemError',
      code: 'ENOTDIR',
      syscall: 'open',
      hint: /doctor/,
    })
  })

  it('that ends before the range is refused, not mapped', () => {
    assert.throws(() => openDevMem(2 ** 40, 4096, { device: process.execPath }), {
      name: 'SmemError',
      code: 'EINVAL',
      address: 2 ** 40,
    })
  })
})
