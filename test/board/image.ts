// SPDX-License-Identifier: MIT
// The two memories that the virtual board boots with: version 11, a table of contents with a part in
// message RAM, and version 12, a global partition. Both have private partitions of both cache-line sizes,
// one written with its hosts the other way round, and one between two others that is not ours to read.

import { type Heap, Partition, type Placed, TocHeap, writeHeapInfo, writeTable } from './heap.js'
import { CARVE_OUT, MESSAGE_RAM } from './machine.js'
import { type ImageVersion, imageVersionsItem, type Soc, socinfoItem } from './socinfo.js'

export interface Image {
  readonly version: 11 | 12
  readonly carveOut: Buffer
  readonly messageRam: Buffer
  readonly soc: Soc
  readonly images: readonly ImageVersion[]
  /** Items that are there before the kernel starts. */
  readonly placed: readonly Placed[]
  /** Items that the probes of smp2p and smsm have to add. */
  readonly allocated: readonly Placed[]
  readonly partitions: readonly Partition[]
  /** The heap of all that belongs to no pair of hosts. */
  readonly global: Heap
  /** Ids are below it. */
  readonly itemCount: number
}

export const SOCINFO = 137
export const IMAGE_VERSIONS = 469

/** An item of odd length; in version 12 its last word ends beyond the client's bytes. */
export const ODD_ITEM = { id: 405, bytes: pattern(4099) }

const MSM8916: Soc = {
  minor: 10,
  id: 206,
  machine: 'MSM8916',
  revision: [1, 0],
  buildId: '8916A-VIRTUAL-BOARD',
  rawId: 0x7b,
  rawVersion: 0xffff,
  platform: 24,
  platformVersion: [1, 0],
  subtype: 0,
  foundry: 3,
  serial: 0x0badcafe,
  pmics: [[11, 2, 0]],
  chipFamily: 0,
  chipId: '',
  clusters: 0,
  modems: 0,
  featureCode: 0,
  pcode: 0,
}

const SDM845: Soc = {
  minor: 16,
  id: 321,
  machine: 'SDM845',
  revision: [2, 1],
  buildId: 'SDM845.VIRTUAL.BOARD-1',
  rawId: 0x8b,
  rawVersion: 0xdeadbeef,
  platform: 8,
  platformVersion: [1, 2],
  subtype: 0xff01,
  foundry: 7,
  serial: 0xc0ffee42,
  pmics: [
    [20, 2, 1],
    [21, 1, 0],
  ],
  chipFamily: 0x4f,
  chipId: 'SDM845-VIRTUAL',
  clusters: 2,
  modems: 1,
  featureCode: 3,
  pcode: 5,
}

const IMAGES: readonly ImageVersion[] = [
  { index: 0, folder: 'boot', name: 'BOOT.XF.2.0-00371', variant: 'SDM845LZB', oem: 'board-0' },
  { index: 1, folder: 'tz', name: 'TZ.XF.5.0.1-00025', variant: 'TZ-VARIANT', oem: 'board-1' },
  { index: 10, folder: 'apps', name: 'APPS-VIRTUAL', variant: 'userdebug', oem: 'board-10' },
]

export interface Contents {
  /** Whether the versions of the images are there. */
  readonly published?: boolean
  /** Item 137, where it is not to be that of the usual SoC. */
  readonly socinfo?: Buffer
  /** Item 469, likewise. */
  readonly versions?: Buffer
  /** Global items beyond the usual ones, by id. */
  readonly more?: Readonly<Record<number, Buffer>>
  /** What remote processors with a partition of their own have allocated in it. */
  readonly received?: readonly {
    readonly host: number
    readonly id: number
    readonly size: number
  }[]
}

export function version11(contents: Contents = {}): Image {
  const { published = true, socinfo = socinfoItem(MSM8916) } = contents
  const { versions = imageVersionsItem(IMAGES) } = contents
  const carveOut = blank(0x000b0000)
  const messageRam = Buffer.alloc(MESSAGE_RAM.size)
  const heap = new TocHeap(carveOut, 0x4000, 0x100000)
  const { parts, placed } = privatePartitions(carveOut, contents)
  placed.push(...commonItems(heap, socinfo, contents))
  if (published) placed.push(heap.putAuxiliary(IMAGE_VERSIONS, versions, messageRam, 0x1000))
  writeTable(carveOut, parts, null)
  return {
    version: 11,
    carveOut,
    messageRam,
    soc: MSM8916,
    images: IMAGES,
    placed,
    allocated: kernelItems(heap, parts),
    partitions: parts,
    global: heap,
    itemCount: 512,
  }
}

export function version12(contents: Contents = {}): Image {
  const { published = true, socinfo = socinfoItem(SDM845) } = contents
  const { versions = imageVersionsItem(IMAGES) } = contents
  const carveOut = blank(0x000c0001)
  const global = new Partition(carveOut, 0x80000, 0x40000, [Partition.GLOBAL, Partition.GLOBAL], 64)
  const { parts, placed } = privatePartitions(carveOut, contents)
  placed.push(...commonItems(global, socinfo, contents))
  if (published) placed.push(global.put(IMAGE_VERSIONS, versions))
  placed.push(
    global.put(600, pattern(24)), // only a record that allows ids above 511 makes this one valid
    global.putCached(490, pattern(22)),
  )
  writeHeapInfo(carveOut, 0x4000, 0x80000) // not used in version 12, but it has to be initialised
  const partitions = [global, ...parts]
  const itemCount = 700
  writeTable(carveOut, partitions, itemCount)
  return {
    version: 12,
    carveOut,
    messageRam: Buffer.alloc(MESSAGE_RAM.size),
    soc: SDM845,
    images: IMAGES,
    placed,
    allocated: kernelItems(global, parts),
    partitions,
    global,
    itemCount,
  }
}

/** `id` 419 tells smsm how many hosts and entries there are. */
function commonItems(heap: Heap, socinfo: Buffer, { more = {} }: Contents): Placed[] {
  return [
    heap.put(419, words(3, 8, 0, 0)),
    heap.put(SOCINFO, socinfo),
    heap.put(ODD_ITEM.id, ODD_ITEM.bytes),
    ...Object.entries(more).map(([id, bytes]) => heap.put(Number(id), bytes)),
  ]
}

function privatePartitions(
  image: Buffer,
  { received = [] }: Contents,
): { parts: Partition[]; placed: Placed[] } {
  const modem = new Partition(image, 0x100000, 0x20000, [0, 1], 32)
  const adsp = new Partition(image, 0x120000, 0x10000, [2, 0], 128)
  const foreign = new Partition(image, 0x130000, 0x8000, [1, 2], 32)
  foreign.put(31, pattern(12))
  const placed = [
    modem.put(14, pattern(28)),
    modem.put(15, pattern(33)),
    modem.putCached(26, pattern(20)),
    adsp.putCached(480, pattern(11)),
    adsp.putCached(481, pattern(200)),
  ]
  for (const { host, id, size } of received) {
    const own = [modem, adsp].find(({ hosts }) => hosts.includes(host))
    if (own === undefined) throw new Error(`host ${host} has no partition with apps`)
    placed.push(own.put(id, Buffer.alloc(size)))
  }
  return { parts: [modem, adsp, foreign], placed }
}

/** Sizes: a smp2p item has a header of 20 bytes and 16 named words; smsm has 8 entries for 3 hosts. */
const SMP2P_SIZE = 20 + 16 * (16 + 4)
const SMSM_STATE_SIZE = 8 * 4
const SMSM_MASK_SIZE = 8 * 3 * 4

/** In load order: smp2p of each remote processor, then smsm. Host 5 has no partition of its own. */
function kernelItems(global: Heap, parts: readonly Partition[]): Placed[] {
  const [modem, adsp] = parts
  if (modem === undefined || adsp === undefined) throw new Error('no private partitions')
  return [
    modem.foretell(428, SMP2P_SIZE),
    adsp.foretell(429, SMP2P_SIZE),
    global.foretell(432, SMP2P_SIZE),
    global.foretell(85, SMSM_STATE_SIZE),
    global.foretell(333, SMSM_MASK_SIZE),
  ]
}

/** All items in the order of `list`: global by id, then by host and id. */
export function inOrder(items: readonly Placed[]): Placed[] {
  const host = (item: Placed) => item.host ?? -1
  return items.toSorted((a, b) => host(a) - host(b) || a.id - b.id)
}

export function blank(version: number, size = CARVE_OUT.size): Buffer {
  const image = Buffer.alloc(size)
  image.writeUInt32LE(version, 0x40 + 7 * 4) // the boot loader's slot, which everybody checks
  return image
}

function words(...values: number[]): Buffer {
  return Buffer.from(Uint32Array.from(values).buffer)
}

/** Bytes of which no two neighbours are equal, so that a shifted read shows. */
function pattern(length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, index) => (index * 37 + 11) & 0xff))
}
