// SPDX-License-Identifier: MIT
// The order in which other processors' software stores an item, which decides what a reader without the lock can
// see: mainline's has a barrier before what publishes the item, that of vendors in partitions behind it.

import assert from 'node:assert/strict'
import { Host } from '#lib/data/hosts.js'
import { BytesPort } from '#lib/port/bytes.js'
import { recording } from '#lib/port/recording.js'
import { buildImage } from '#lib/testing/image.js'
import { Firmware } from '#lib/testing/remote/firmware.js'
import { type RemoteKind, remoteRoles } from '#lib/testing/remote/kind.js'
import type { RemoteRequest } from '#lib/testing/remote/request.js'

const image = () =>
  buildImage({
    version: 11,
    base: 0,
    size: 0x10000,
    partitions: [{ host0: Host.APPS, host1: Host.MODEM, size: 0x1000 }],
  })

/** Stores as `offset=value`, barriers by their name. */
function stores(kind: RemoteKind, request: RemoteRequest): string[] {
  const port = recording(new BytesPort(image().bytes, { writable: true }))
  const firmware = new Firmware(port, remoteRoles[kind])
  port.accesses.length = 0
  firmware.alloc(request)
  return port.accesses.flatMap((access) => {
    if (access.kind === 'fence') return [access.fence]
    return access.kind === 'read' ? [] : [`${hex(access.address)}=${hex(access.value)}`]
  })
}

const hex = (value: number) => value.toString(16)

describe('what other processors store', () => {
  const { partitions } = image()
  const [{ offset: start }] = partitions as [(typeof partitions)[number]]
  const entry = (at: number, size: number, padding: number) => [
    `${hex(start + at)}=${hex(300 * 0x10000 + 0xa5a5)}`,
    `${hex(start + at + 4)}=${hex(size)}`,
    `${hex(start + at + 8)}=${hex(padding)}`,
  ]

  for (const kind of ['kernel', 'modem'] as const) {
    it(`is, for an item of the table of contents, published by the ${kind} behind a barrier`, () => {
      const record = 0xd0 + 16 * 300
      const [free, available] = [0xc4, 0xc8].map((at) => image().read32(at)) as [number, number]
      assert.deepEqual(stores(kind, { id: 300, size: 20 }), [
        `${hex(record + 4)}=${hex(free)}`,
        `${hex(record + 8)}=18`,
        'store',
        `${hex(record)}=1`,
        `c4=${hex(free + 24)}`,
        `c8=${hex(available - 24)}`,
      ])
    })
  }

  it('is, in a partition, published by the kernel behind a barrier', () => {
    assert.deepEqual(stores('kernel', { id: 300, size: 20, host: Host.MODEM }), [
      ...entry(0x20, 24, 4),
      'store',
      `${hex(start + 0xc)}=48`,
    ])
  })

  it('is, in a partition, published by the modem before it', () => {
    assert.deepEqual(stores('modem', { id: 300, size: 20, host: Host.APPS }), [
      ...entry(0x20, 24, 4),
      `${hex(start + 0xc)}=48`,
      'store',
    ])
  })

  it('is, on the cached side, below its header and in whole cache lines', () => {
    assert.deepEqual(stores('modem', { id: 300, size: 100, host: Host.APPS, cached: true }), [
      ...entry(0x1000 - 64, 128, 28 + 48 * 0x10000),
      `${hex(start + 0x10)}=${hex(0x1000 - 64 - 128)}`,
      'store',
    ])
  })
})
