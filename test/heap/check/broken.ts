// SPDX-License-Identifier: MIT
// For each check a heap that is broken in just the way it looks for, made from a healthy one by a few words.

import { hexAddress } from '#lib/errors.js'
import type { Regions } from '#lib/heap/region.js'
import { BytesPort } from '#lib/port/bytes.js'
import { withHoles } from '#lib/port/holes.js'
import type { Stretch } from '#lib/port/port.js'
import type { ImageDescription } from '#lib/testing/description.js'
import { buildImage, type SmemImage } from '#lib/testing/image.js'
import { BASE, MESSAGE_RAM, regionsOf, SIZE, v11, v12 } from '../images.js'

/** Version 11 with a partition and message RAM, and nothing that any check could mind. */
export const healthy11: ImageDescription = {
  ...v11,
  info: true,
  global: v11.global!.map(({ reservedBits: _, ...item }) => item),
}

/** Version 12 with a global partition, two private ones, and one between two others. */
export const healthy12: ImageDescription = v12

/** In the order of the table. */
export const Part = { GLOBAL: 0, ADSP: 1, MODEM: 2, FOREIGN: 3 } as const

const ENTRY = 0x20
const MODEM_11 = 0

export interface Broken {
  readonly from: ImageDescription
  /** Changes the bytes; what it returns, if anything, takes the place of region 0. */
  spoil(image: SmemImage): Uint8Array | undefined
  /** What of region 0 a dump does not have. */
  holes?(image: SmemImage): readonly Stretch[]
  /** What the finding must say. */
  readonly host?: number
  readonly item?: number
  address(image: SmemImage): number
  /** Other checks that mind the same words. */
  readonly also?: readonly string[]
}

/** The description alone is what is broken. */
export const asBuilt = (): undefined => undefined

const words =
  (...changes: readonly (readonly [place: (image: SmemImage) => number, value: number])[]) =>
  (image: SmemImage): undefined => {
    for (const [place, value] of changes) image.patch32(place(image), value)
  }
const at = (offset: number) => () => offset
const toc = (id: number, word = 0) => at(0xd0 + id * 16 + word * 4)
const ptable = (offset: number) => (image: SmemImage) => image.ptable! + offset
const entry = (index: number, offset: number) => ptable(ENTRY + index * 48 + offset)
const info = (offset: number) => (image: SmemImage) =>
  image.ptable! + ENTRY + image.partitions.length * 48 + offset
const partition = (index: number, offset: number) => (image: SmemImage) =>
  image.partitions[index]!.offset + offset
const header = (id: number, index: number, offset: number) => (image: SmemImage) =>
  image.item(id, index).record + offset
const physical = (place: (image: SmemImage) => number) => (image: SmemImage) => BASE + place(image)

const VERSION = 0x40 + 7 * 4
const FREE_OFFSET = 0xc4
const AVAILABLE = 0xc8

/** A broken heap for each check, by its name. */
export const broken: Record<string, readonly Broken[]> = {
  'header-truncated': [
    {
      from: healthy11,
      spoil: (image) => image.bytes.slice(0, 0xcc),
      address: () => BASE + 0xcc,
    },
    {
      from: healthy11,
      spoil: (image) => image.bytes.slice(0, 0x20cc),
      address: () => BASE + 0x20cc,
      also: ['heap-accounting', 'toc-range'],
    },
  ],
  'header-uninitialized': [
    { from: healthy12, spoil: words([at(0xc0), 2]), address: physical(at(0xc0)) },
    { from: healthy11, spoil: words([at(0xc0), 0]), address: physical(at(0xc0)) },
  ],
  'header-reserved': [
    { from: healthy12, spoil: words([at(0xcc), 1]), address: physical(at(0xcc)) },
  ],
  'version-unsupported': [
    { from: healthy12, spoil: words([at(VERSION), 0x000d0000]), address: physical(at(VERSION)) },
    { from: healthy11, spoil: words([at(VERSION), 0]), address: physical(at(VERSION)) },
  ],
  'version-mismatch': [
    { from: healthy12, spoil: words([at(0x40), 0x000b0000]), address: physical(at(0x40)) },
  ],
  'heap-accounting': [
    {
      from: { ...healthy11, partitions: [] },
      spoil: words([at(AVAILABLE), SIZE]),
      address: physical(at(AVAILABLE)),
    },
    {
      from: healthy11,
      spoil: words([at(AVAILABLE), 0xffffffff]),
      address: physical(at(AVAILABLE)),
    },
    {
      from: { ...healthy11, global: [] },
      spoil: words([at(FREE_OFFSET), 0x20c8], [toc(2), 0]),
      address: physical(at(FREE_OFFSET)),
    },
    {
      from: healthy12,
      spoil: words([at(AVAILABLE), 0xffffffff]),
      address: physical(at(AVAILABLE)),
    },
  ],
  'heap-overlap': [
    {
      from: healthy11,
      spoil: (image) => image.patch32(AVAILABLE, image.read32(AVAILABLE) + 8) as undefined,
      address: physical(at(AVAILABLE)),
    },
  ],
  'toc-range': [
    {
      from: healthy11,
      spoil: words([toc(137, 2), 0xffffffff]),
      item: 137,
      address: physical(toc(137)),
    },
    {
      from: healthy11,
      spoil: words([toc(469, 1), 0xfffffff8]),
      item: 469,
      address: physical(toc(469)),
    },
    { from: healthy11, spoil: words([toc(80, 1), 0xff8]), item: 80, address: physical(toc(80)) },
  ],
  'toc-region': [
    { from: healthy11, spoil: words([toc(80, 3), 0x70000]), item: 80, address: physical(toc(80)) },
  ],
  'toc-overlap': [
    {
      from: healthy11,
      spoil: (image) => image.patch32(toc(469, 1)(), image.item(137).offset + 16) as undefined,
      item: 469,
      address: physical(toc(469)),
    },
    {
      from: healthy11,
      spoil: words([toc(469, 1), 0x20c8]),
      item: 469,
      address: physical(toc(469)),
    },
    {
      from: healthy11,
      spoil: (image) => {
        const { offset } = image.partitions[MODEM_11]!
        for (const [place, value] of [
          [toc(469, 1), offset],
          [at(FREE_OFFSET), offset + 64],
          [at(AVAILABLE), 0],
        ] as const) {
          image.patch32(place(), value)
        }
        return undefined
      },
      item: 469,
      address: physical(toc(469)),
    },
    {
      from: healthy11,
      spoil: words([toc(3, 1), 0xc0]),
      item: 3,
      address: physical(toc(3)),
      also: ['toc-fixed'],
    },
  ],
  'toc-unaligned': [
    { from: healthy11, spoil: words([toc(469, 2), 60]), item: 469, address: physical(toc(469)) },
    {
      from: healthy11,
      spoil: (image) => {
        image.patch32(toc(469, 1)(), image.item(469).offset + 4)
        image.patch32(toc(469, 2)(), 56)
        return undefined
      },
      item: 469,
      address: physical(toc(469)),
    },
  ],
  'toc-past-free': [
    { from: healthy11, spoil: words([toc(469, 2), 0x100]), item: 469, address: physical(toc(469)) },
    {
      from: healthy11,
      spoil: words([toc(300), 1], [toc(300, 1), 0x3000], [toc(300, 2), 8]),
      item: 300,
      address: physical(toc(300)),
    },
  ],
  'toc-size': [
    { from: healthy11, spoil: words([toc(137, 2), 0]), item: 137, address: physical(toc(137)) },
  ],
  'toc-fixed': [
    { from: healthy11, spoil: words([toc(3, 2), 120]), item: 3, address: physical(toc(3)) },
  ],
  'toc-allocated-value': [
    {
      from: healthy11,
      spoil: words([toc(137), 0x80000000]),
      item: 137,
      address: physical(toc(137)),
    },
  ],
  'toc-reserved-bits': [
    { from: healthy11, spoil: words([toc(137, 3), 2]), item: 137, address: physical(toc(137)) },
    { from: v11, spoil: asBuilt, item: 80, address: physical(toc(80)) },
  ],
  'toc-stale-region': [
    {
      from: healthy11,
      spoil: words([toc(200, 3), MESSAGE_RAM]),
      item: 200,
      address: physical(toc(200)),
    },
  ],
  'ptable-magic': [
    { from: healthy12, spoil: words([ptable(0), 0]), address: physical(ptable(0)) },
    {
      from: healthy12,
      spoil: (image) => image.bytes.slice(0, SIZE - 8),
      address: () => BASE + SIZE - 8 - 0x1000,
    },
  ],
  'ptable-version': [
    { from: healthy12, spoil: words([ptable(4), 2]), address: physical(ptable(4)) },
    { from: healthy11, spoil: words([ptable(4), 0]), address: physical(ptable(4)) },
  ],
  'ptable-count': [
    {
      from: { ...healthy12, itemCount: 512, partitions: v12.partitions!.slice(2) },
      spoil: words([ptable(8), 85]),
      address: physical(ptable(8)),
      also: ['partition-global', 'partition-range'],
    },
    {
      from: healthy12,
      spoil: words([ptable(8), 0xffffffff]),
      address: physical(ptable(8)),
      // The info record is taken for an entry.
      also: ['item-range', 'partition-range'],
    },
  ],
  'info-base': [
    { from: healthy12, spoil: words([info(8), BASE + 0x1000]), address: physical(info(8)) },
    { from: healthy12, spoil: words([info(12), 1]), address: physical(info(8)) },
  ],
  'info-size': [{ from: healthy12, spoil: words([info(4), SIZE * 2]), address: physical(info(4)) }],
  'partition-global': [
    { from: healthy12, spoil: words([entry(Part.GLOBAL, 0), 0]), address: physical(ptable(0)) },
    {
      from: healthy12,
      spoil: words([entry(Part.GLOBAL, 12), 0xffffffff]),
      address: physical(ptable(0)),
    },
  ],
  'partition-range': [
    {
      from: healthy12,
      spoil: words([entry(Part.ADSP, 0), 0xfffff000]),
      host: 2,
      address: () => BASE + 0xfffff000,
    },
    {
      from: healthy12,
      spoil: words([entry(Part.ADSP, 4), 0xfffffff8]),
      host: 2,
      address: physical(partition(Part.ADSP, 0)),
    },
  ],
  'partition-missing': [
    {
      from: healthy12,
      spoil: words(),
      holes: ({ partitions }) => [{ offset: partitions[Part.ADSP]!.offset + 0x800, size: 4 }],
      host: 2,
      address: physical(partition(Part.ADSP, 0)),
    },
    {
      from: healthy12,
      spoil: words(),
      holes: ({ partitions }) => [partitions[Part.GLOBAL]!],
      address: physical(partition(Part.GLOBAL, 0)),
    },
  ],
  'partition-unaligned': [
    {
      from: {
        ...healthy12,
        partitions: [v12.partitions![0]!, { host0: 0, host1: 2, size: 0x1000 }],
      },
      spoil: (image) => {
        const { offset, size } = image.partitions[1]!
        image.bytes.copyWithin(offset + 4, offset, offset + 0x20)
        image.patch32(entry(1, 0)(image), offset + 4)
        image.patch32(entry(1, 4)(image), size - 8)
        for (const word of [8, 16]) image.patch32(offset + 4 + word, size - 8)
        return undefined
      },
      host: 2,
      address: (image) => BASE + image.partitions[1]!.offset + 4,
    },
  ],
  'partition-overlap': [
    {
      from: healthy12,
      spoil: (image) => {
        const { offset, size } = image.partitions[Part.ADSP]!
        image.patch32(entry(Part.ADSP, 4)(image), size + 8)
        image.patch32(offset + 8, size + 8)
        image.patch32(offset + 16, size + 8)
        return undefined
      },
      host: 1,
      address: physical(partition(Part.MODEM, 0)),
    },
    {
      from: {
        ...healthy12,
        partitions: [v12.partitions![0]!, { host0: 0, host1: 2, size: 0x1000 }],
      },
      spoil: (image) => {
        const { offset, size } = image.partitions[1]!
        image.patch32(entry(1, 4)(image), size + 8)
        image.patch32(offset + 8, size + 8)
        image.patch32(offset + 16, size + 8)
        return undefined
      },
      host: 2,
      address: physical(partition(1, 0)),
    },
    {
      from: healthy12,
      spoil: words([entry(Part.ADSP, 0), 0x2000]),
      host: 2,
      address: () => BASE + 0x2000,
      also: ['partition-magic'],
    },
  ],
  'partition-duplicate': [
    {
      from: {
        ...healthy12,
        partitions: [...v12.partitions!, { host0: 0, host1: 1, size: 0x1000 }],
      },
      spoil: asBuilt,
      host: 1,
      address: physical(partition(4, 0)),
    },
    {
      from: { ...healthy12, partitions: [...v12.partitions!, { global: true, size: 0x1000 }] },
      spoil: asBuilt,
      address: physical(partition(4, 0)),
    },
  ],
  'partition-magic': [
    {
      from: healthy12,
      spoil: words([partition(Part.MODEM, 0), 0]),
      host: 1,
      address: physical(partition(Part.MODEM, 0)),
    },
    {
      from: healthy12,
      spoil: words([partition(Part.FOREIGN, 0), 0]),
      address: physical(partition(Part.FOREIGN, 0)),
    },
  ],
  'partition-hosts': [
    {
      from: healthy12,
      spoil: words([partition(Part.ADSP, 4), 0x00000002]),
      host: 2,
      address: physical(partition(Part.ADSP, 4)),
    },
  ],
  'partition-size': [
    {
      from: healthy11,
      spoil: words([partition(MODEM_11, 8), 0x1000]),
      host: 1,
      address: physical(partition(MODEM_11, 8)),
    },
  ],
  'partition-offsets': [
    {
      from: healthy12,
      spoil: words([partition(Part.MODEM, 12), 0xfffffff8]),
      host: 1,
      address: physical(partition(Part.MODEM, 12)),
    },
    {
      from: healthy12,
      spoil: words([partition(Part.GLOBAL, 12), 0]),
      address: physical(partition(Part.GLOBAL, 12)),
    },
    {
      from: healthy12,
      spoil: words([partition(Part.ADSP, 16), 0x1008]),
      host: 2,
      address: physical(partition(Part.ADSP, 12)),
    },
  ],
  'partition-cacheline': [
    {
      from: healthy12,
      spoil: words([entry(Part.GLOBAL, 16), 0]),
      address: physical(partition(Part.GLOBAL, 0)),
    },
    {
      from: healthy11,
      spoil: words([entry(MODEM_11, 16), 0xfffffff0]),
      host: 1,
      address: physical(partition(MODEM_11, 0)),
    },
    {
      from: {
        ...healthy12,
        partitions: [
          v12.partitions![0]!,
          {
            host0: 0,
            host1: 2,
            size: 0x1000,
            cacheline: 48,
            items: [{ id: 9, size: 4, cached: true }],
          },
        ],
      },
      spoil: asBuilt,
      host: 2,
      address: physical(partition(1, 0)),
    },
  ],
  'partition-canary': [
    {
      from: healthy12,
      spoil: words([header(428, Part.MODEM, 0), 0x01aca5a4]),
      host: 1,
      address: physical(header(428, Part.MODEM, 0)),
    },
    {
      from: healthy11,
      spoil: words([header(338, MODEM_11, 0), 0]),
      host: 1,
      address: physical(header(338, MODEM_11, 0)),
    },
    {
      from: healthy12,
      spoil: words([header(31, Part.FOREIGN, 0), 0]),
      address: physical(header(31, Part.FOREIGN, 0)),
    },
  ],
  'partition-entry': [
    {
      from: healthy12,
      spoil: words([header(428, Part.MODEM, 4), 0xfffffff8]),
      host: 1,
      item: 428,
      address: physical(header(428, Part.MODEM, 0)),
    },
    {
      from: healthy12,
      spoil: words([header(479, Part.MODEM, 4), 0xfffffff8]),
      host: 1,
      item: 479,
      address: physical(header(479, Part.MODEM, 0)),
    },
    {
      from: healthy12,
      spoil: words([header(478, Part.MODEM, 8), 0xffff]),
      host: 1,
      item: 478,
      address: physical(header(478, Part.MODEM, 0)),
    },
  ],
  'entry-size': [
    {
      from: {
        ...healthy12,
        partitions: [
          v12.partitions![0]!,
          { host0: 0, host1: 2, size: 0x1000, items: [{ id: 9, size: 0 }] },
        ],
      },
      spoil: asBuilt,
      host: 2,
      item: 9,
      address: physical(header(9, 1, 0)),
    },
    {
      from: healthy12,
      spoil: (image) => {
        const { record } = image.item(428, Part.MODEM)
        image.patch32(record + 4, image.read32(record + 4) - 3)
        const { offset } = image.partitions[Part.MODEM]!
        image.patch32(offset + 12, image.read32(offset + 12) - 3)
        return undefined
      },
      host: 1,
      item: 428,
      address: physical(header(428, Part.MODEM, 0)),
    },
    {
      from: healthy12,
      spoil: (image) => {
        const { record } = image.item(479, Part.MODEM)
        image.patch32(record + 4, image.read32(record + 4) + 8)
        const { offset } = image.partitions[Part.MODEM]!
        image.patch32(offset + 16, image.read32(offset + 16) - 8)
        return undefined
      },
      host: 1,
      item: 479,
      address: physical(header(479, Part.MODEM, 0)),
    },
  ],
  'partition-free-end': [
    {
      // Eight bytes are left, which hold no header.
      from: {
        ...healthy12,
        partitions: [
          v12.partitions![0]!,
          { host0: 0, host1: 2, size: 0x48, items: [{ id: 9, size: 16 }] },
        ],
      },
      spoil: words([partition(1, 12), 0x48]),
      host: 2,
      address: physical(partition(1, 0x40)),
    },
    {
      from: healthy12,
      spoil: (image) => {
        const { offset } = image.partitions[Part.MODEM]!
        image.patch32(offset + 12, image.read32(offset + 12) - 8)
        return undefined
      },
      host: 1,
      address: (image) => {
        const { record } = image.item(428, Part.MODEM)
        return BASE + record + 16 + image.read32(record + 4)
      },
    },
    {
      from: healthy12,
      spoil: (image) => {
        const { offset } = image.partitions[Part.MODEM]!
        image.patch32(offset + 16, image.read32(offset + 16) + 8)
        return undefined
      },
      host: 1,
      address: (image) => {
        const { record } = image.item(479, Part.MODEM)
        return BASE + record - image.read32(record + 4) - 32
      },
    },
  ],
  'partition-hidden-item': [
    {
      from: {
        ...healthy12,
        partitions: [
          v12.partitions![0]!,
          {
            host0: 0,
            host1: 2,
            size: 0x1000,
            items: [
              { id: 9, size: 4, cached: true },
              { id: 10, size: 0, cached: true },
            ],
          },
        ],
      },
      spoil: asBuilt,
      host: 2,
      item: 10,
      address: physical(header(10, 1, 0)),
    },
  ],
  'partition-duplicate-item': [
    {
      from: healthy12,
      spoil: words([header(428, Part.MODEM, 0), (478 << 16) | 0xa5a5]),
      host: 1,
      item: 478,
      address: physical(header(428, Part.MODEM, 0)),
    },
    {
      from: healthy12,
      spoil: words([header(480, Part.MODEM, 0), (428 << 16) | 0xa5a5]),
      host: 1,
      item: 428,
      address: physical(header(480, Part.MODEM, 0)),
    },
  ],
  'item-range': [
    {
      from: healthy12,
      spoil: words([header(428, Part.MODEM, 0), (700 << 16) | 0xa5a5]),
      host: 1,
      item: 700,
      address: physical(header(428, Part.MODEM, 0)),
    },
    {
      from: healthy11,
      spoil: words([header(14, MODEM_11, 0), (512 << 16) | 0xa5a5]),
      host: 1,
      item: 512,
      address: physical(header(14, MODEM_11, 0)),
    },
  ],
}

/** The regions of a broken heap, and where its finding must point. */
export function brokenRegions({ from, spoil, holes, address }: Broken): {
  regions: Regions
  address: string
} {
  const image = buildImage(from)
  const main = spoil(image)
  const where = hexAddress(address(image))
  const [first, ...auxiliary] = regionsOf(image)
  const whole = main === undefined ? first.port : new BytesPort(main, { base: BASE })
  const port = holes === undefined ? whole : withHoles(whole, holes(image))
  return { regions: [{ kind: 'main', port }, ...auxiliary], address: where }
}
