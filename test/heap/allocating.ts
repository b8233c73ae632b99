// SPDX-License-Identifier: MIT
// Heaps to allocate in, and how a test does it: planned by the heap, executed over a port, every access told. The
// offsets are those of the format, written out once more.

import assert from 'node:assert/strict'
import type { Allocation, AllocRequest } from '#lib/heap/allocation.js'
import { Heap } from '#lib/heap/heap.js'
import type { MemoryPort } from '#lib/port/port.js'
import { type Access, recording } from '#lib/port/recording.js'
import type { ImageDescription } from '#lib/testing/description.js'
import { buildImage, type SmemImage } from '#lib/testing/image.js'
import { execute } from '../port/executor.js'
import { BASE, regionsOf, v11 } from './images.js'

export const FREE_OFFSET = 0xc4
export const AVAILABLE = 0xc8
export const FREE_UNCACHED = 0xc
export const FREE_CACHED = 0x10
export const record = (id: number) => 0xd0 + id * 16

export interface Opened {
  readonly heap: Heap
  readonly port: MemoryPort
  readonly image: SmemImage
  /** Of the partition that serves a remote host. */
  start(host: number): number
}

export function open(description: ImageDescription, spoil?: (image: SmemImage) => void): Opened {
  const image = buildImage(description)
  spoil?.(image)
  const regions = regionsOf(image)
  const start = (host: number) =>
    image.partitions.find(({ host0, host1 }) => host0 + host1 === host)!.offset
  return { heap: new Heap(regions), port: regions[0].port, image, start }
}

export function planned(heap: Heap, request: AllocRequest): Allocation {
  const allocation = heap.planAlloc(request)
  if (allocation.refusal !== null) throw allocation.refusal
  return allocation
}

/** One line for each access, offsets from the base of region 0. */
export function shown(accesses: readonly Access[]): string[] {
  return accesses.map((access) => {
    if (access.kind === 'fence') return `fence ${access.fence}`
    const offset = access.address - BASE
    return `${access.kind} 0x${offset.toString(16)} 0x${access.value.toString(16)}`
  })
}

export const at = (kind: 'read' | 'write', offset: number, value: number) =>
  `${kind} 0x${offset.toString(16)} 0x${value.toString(16)}`

export function accessesOf({ heap, port }: Opened, request: AllocRequest): string[] {
  const { plan } = planned(heap, request)
  const recorder = recording(port)
  assert.equal(execute(plan, recorder), true)
  return shown(recorder.accesses)
}

export function allocate({ heap, port }: Opened, request: AllocRequest): Allocation {
  const allocation = planned(heap, request)
  assert.equal(execute(allocation.plan, port), true)
  return allocation
}

export function refused(opened: Opened, request: AllocRequest, code: string, message?: RegExp) {
  const expected = message === undefined ? { code } : { code, message }
  assert.throws(() => planned(opened.heap, request), expected)
}

export function assertSound({ heap }: Opened): void {
  assert.deepEqual(
    heap.check().filter(({ severity }) => severity === 'error'),
    [],
  )
}

/** A partition of the modem with nothing in it, and `cacheline`. */
export function emptyPartition(cacheline: number): Opened {
  const partition = { host0: 0, host1: 1, size: 0x1000, cacheline }
  return open({ ...v11, partitions: [partition] })
}

/** Overwrites a word of an image. */
export function word(image: SmemImage, offset: number, value: number): void {
  Buffer.from(image.regions[0]!.bytes.buffer).writeUInt32LE(value, offset)
}
