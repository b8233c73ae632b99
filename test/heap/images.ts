// SPDX-License-Identifier: MIT
// Small heaps for tests of the rules: 64 KiB at an MSM8916's base, built by the image builder, then broken.

import { Heap, type HeapOptions } from '#lib/heap/heap.js'
import type { HeapItem } from '#lib/heap/item.js'
import type { Regions } from '#lib/heap/region.js'
import { BytesPort } from '#lib/port/bytes.js'
import type { ImageDescription } from '#lib/testing/description.js'
import { buildImage, type SmemImage } from '#lib/testing/image.js'

export const BASE = 0x86300000
export const SIZE = 0x10000
export const MESSAGE_RAM = 0x00060000

const bytes = (length: number, first: number) =>
  Uint8Array.from({ length }, (_, i) => (first + i) & 0xff)

/** Version 11: three global items, one of them in message RAM, and a partition of the modem. */
export const v11: ImageDescription = {
  version: 11,
  base: BASE,
  size: SIZE,
  auxiliary: [{ base: MESSAGE_RAM, size: 0x1000 }],
  fixedItems: true,
  global: [
    { id: 137, data: bytes(20, 1) },
    { id: 469, data: bytes(64, 2) },
    { id: 80, data: bytes(32, 3), region: MESSAGE_RAM, reservedBits: 3 },
  ],
  partitions: [
    {
      host0: 0,
      host1: 1,
      size: 0x2000,
      cacheline: 32,
      items: [
        { id: 14, data: bytes(13, 4) },
        { id: 338, data: bytes(100, 5), cached: true },
      ],
    },
  ],
}

/** Version 12: a global partition, one of the modem, one of the ADSP, and one between those two. */
export const v12: ImageDescription = {
  version: 12,
  base: BASE,
  size: SIZE,
  itemCount: 700,
  partitions: [
    {
      global: true,
      size: 0x2000,
      cacheline: 64,
      items: [
        { id: 137, data: bytes(20, 1) },
        { id: 603, data: bytes(40, 2) },
        { id: 490, data: bytes(9, 3), cached: true },
      ],
    },
    {
      host0: 0,
      host1: 2,
      size: 0x1000,
      cacheline: 128,
      items: [{ id: 429, data: bytes(340, 4) }],
    },
    {
      host0: 1,
      host1: 0,
      size: 0x1000,
      cacheline: 32,
      items: [
        { id: 478, data: bytes(32, 5) },
        { id: 428, data: bytes(21, 6) },
        { id: 480, data: bytes(200, 7), cached: true },
        { id: 479, data: bytes(50, 8), cached: true },
      ],
    },
    { host0: 1, host1: 2, size: 0x1000, items: [{ id: 31, data: bytes(8, 9) }] },
  ],
}

export function regionsOf(image: SmemImage): Regions {
  const [main, ...auxiliary] = image.regions.map(
    ({ base, bytes }) => new BytesPort(bytes, { base, writable: true }),
  )
  return [
    { kind: 'main', port: main! },
    ...auxiliary.map((port) => ({ kind: 'aux' as const, port })),
  ]
}

export function heapOf(image: SmemImage, options: HeapOptions = {}): Heap {
  return new Heap(regionsOf(image), options)
}

/** A heap of `description` after `spoil` has changed its bytes. */
export function spoilt(
  description: ImageDescription,
  spoil: (image: SmemImage) => void,
  options: HeapOptions = {},
): Heap {
  const image = buildImage(description)
  spoil(image)
  return heapOf(image, options)
}

/** `host/id`, `host/id!CODE`, with `-` for what is null: a listing in one line each. */
export function shown(items: readonly HeapItem[]): string[] {
  return items.map(
    ({ id, host, error }) => `${host ?? '-'}/${id ?? '-'}${error === null ? '' : `!${error.code}`}`,
  )
}

/** Hostile partitions that share nearly all their bytes, full of empty items: 40 times 65,000 entries in 2 MiB. */
export function crowded(): SmemImage {
  const size = 0x100000
  const image = buildImage({
    version: 12,
    base: 0x80000000,
    size: size * 2,
    partitions: [
      { global: true, size },
      ...Array.from({ length: 40 }, (_, i) => ({ host0: 0, host1: i + 1, size: 0x20 })),
    ],
  })
  const { offset } = image.partitions[0]!
  const shared = offset + 0x1000
  for (let at = shared; at < offset + size; at += 16) image.patch32(at, 0x0009a5a5)
  for (const { index, entry } of image.partitions) {
    const at = offset + index * 0x30
    const bytes = offset + size - at
    image.patch32(entry, at)
    image.patch32(entry + 4, bytes)
    image.patch32(at, 0x54525024)
    image.patch32(at + 4, image.read32(entry + 12))
    for (const word of [8, 12, 16]) image.patch32(at + word, bytes)
    image.patch32(at + 0x20, 0x0009a5a5)
    image.patch32(at + 0x24, shared - at - 0x30)
  }
  return image
}
