// SPDX-License-Identifier: MIT
// A small SoC that is watched while a test changes it, as its processors would.

import { Smem, type WatchEvent } from '#lib/index.js'
import { defineDecoder } from '#lib/items/decoder.js'
import { u32 } from '#lib/layout/scalar.js'
import { struct } from '#lib/layout/struct.js'
import type { PartitionItemDescription } from '#lib/testing/description.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage, type SmemImage } from '#lib/testing/image.js'

export const MODEM = 1
/** Ids that no decoder of ours knows. */
export const COUNTER = 300
export const PLAIN = 301
export const MODEM_COUNTER = 302

/** A heap with a decoded and a plain global item, and what the modem has. */
export function imageOf(version: 11 | 12, modem: readonly PartitionItemDescription[]): SmemImage {
  const global = [
    { id: COUNTER, data: Uint8Array.of(1, 0, 0, 0, 7, 0, 0, 0) },
    { id: PLAIN, size: 40 },
  ]
  return buildImage({
    version,
    base: 0x86000000,
    size: 0x10000,
    ...(version === 11 ? { global } : {}),
    partitions: [
      ...(version === 12 ? [{ global: true as const, size: 0x2000, items: global }] : []),
      { host0: 0, host1: MODEM, size: 0x1000, items: modem },
      { host0: 1, host1: 2, size: 0x1000, items: [{ id: 31, size: 8 }] },
    ],
  })
}

export const counter = defineDecoder({
  name: 'counter',
  items: [COUNTER, MODEM_COUNTER],
  fields: struct('counter', { count: u32, limit: u32 }),
})

/** What of an event a test compares. */
export function told({ kind, id, host, fields }: WatchEvent) {
  const changes = fields?.map(({ path, before, after }) => `${path} ${before} -> ${after}`)
  return [kind, id, host, ...(changes ?? [])]
}

export class WatchedSoc {
  readonly soc: FakeSoc
  readonly image: SmemImage
  readonly smem: Smem

  constructor(image: SmemImage, decoders = [counter]) {
    this.image = image
    this.soc = FakeSoc.fromImage(image)
    this.smem = Smem.open({ source: `fake:${this.soc.path}`, decoders })
  }

  /** Stores a word of region 0. */
  write(offset: number, value: number): void {
    this.soc.regions[0].port.write32(offset, value)
  }

  /** Stores the word at `at` of an item. */
  poke(id: number, at: number, value: number, partition: number | null = null): void {
    this.write(this.image.item(id, partition).offset + at, value)
  }

  /** Overwrites all of region 0, or a part of it, by what another image has there. */
  become({ bytes }: SmemImage, offset = 0, size = bytes.length): void {
    const words = new Uint32Array(bytes.slice(offset, offset + size).buffer)
    this.soc.regions[0].port.writeWords(offset, words)
  }

  /** The partition of index `index` as the image has it. */
  partition(index: number) {
    return this.image.partitions[index]!
  }

  [Symbol.dispose](): void {
    this.smem.close()
    this.soc.close()
  }
}
