// SPDX-License-Identifier: MIT
// The layouts of item 603. They carry neither version nor magic: the size of the item tells which it is.
// Structures are the compiler's on a 64-bit machine, so the padding is written out here.
// Source: Linux drivers/soc/qcom/smem_dramc.c.

import { address64, array, reserved, u8, u16, u32, u64 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'

const CHANNELS = 8

export const DdrChannel = struct('ddr channel', {
  revision1: u16,
  revision2: u16,
  width: u16,
  density: u16,
})
export const DdrFrequency = struct('ddr frequency', { kHz: u32, enabled: u8, pad: reserved(3) })
export const DdrRegion = struct('ddr region', {
  start: address64,
  size: u64,
  controller: address64,
  granuleMib: u32,
  rankBits: u8,
  firstSegment: u8,
  pad: reserved(2),
  segmentOffset: u64,
})

/** All versions begin with this; `slots` is how many frequencies the table has room for. */
const head = (slots: number) => ({
  manufacturer: u8,
  deviceType: u8,
  channels: array(DdrChannel, CHANNELS),
  pad0: reserved(6),
  frequencies: array(DdrFrequency, slots),
  numFrequencies: u8,
  pad1: reserved(7),
  clockPeriodAddress: address64,
})

export const DdrV3 = struct('ddr info, version 3', {
  ...head(13),
  numChannels: u8,
  pad2: reserved(7),
})

export const DdrV3Long = struct('ddr info, version 3 with 14 frequencies', {
  ...head(14),
  numChannels: u8,
  pad2: reserved(7),
})

export const DdrV4 = struct('ddr info, version 4', {
  ...head(13),
  numChannels: u8,
  ranks: array(u8, CHANNELS),
  /** Of each channel, for both its ranks. */
  highestBankBits: array(array(u8, 2), CHANNELS),
  pad2: reserved(7),
})

/** The regions follow. */
export const DdrV5 = struct('ddr info, version 5', {
  ...head(14),
  maxNominalKHz: u32,
  pad2: reserved(4),
  numChannels: u8,
  pad3: reserved(7),
  numRegions: u32,
  pad4: reserved(4),
  rank0Size: u64,
  rank1Size: u64,
  cs0Start: address64,
  cs1Start: address64,
  highestBankBit: u32,
  pad5: reserved(4),
})

export interface DdrLayout {
  readonly version: number
  readonly head: typeof DdrV3 | typeof DdrV3Long | typeof DdrV4 | typeof DdrV5
  /** Slots for regions behind the head. */
  readonly regions: number
  /** What else the size could mean. */
  readonly note?: string
}

/** By size. What newer versions have behind the regions is not described in public. */
export const ddrLayouts: ReadonlyMap<number, DdrLayout> = new Map([
  [200, { version: 3, head: DdrV3, regions: 0 }],
  [208, { version: 3, head: DdrV3Long, regions: 0 }],
  [224, { version: 4, head: DdrV4, regions: 0 }],
  [424, { version: 5, head: DdrV5, regions: 4 }],
  [540, { version: 5, head: DdrV5, regions: 4 }],
  [504, { version: 5, head: DdrV5, regions: 6 }],
  [620, { version: 5, head: DdrV5, regions: 6 }],
  [
    616,
    {
      version: 6,
      head: DdrV5,
      regions: 6,
      note: 'version 7 with 6 regions has this size too; taken as version 6, as Linux does',
    },
  ],
  [536, { version: 7, head: DdrV5, regions: 4 }],
])

/** Sizes of the shortest layout with regions, and of the longest that is known. */
const LEAST = 424
const MOST = 620

/**
 * By what all versions with regions share, for a size that is none of theirs; null where it is too short for them.
 * What looks like room for more regions may hold something else: how many there are the item counts itself.
 */
export function unknownDdrLayout(size: number): DdrLayout | null {
  if (size < LEAST) return null
  const [version, problem] =
    size > MOST ? [7, 'are more than any known layout has'] : [5, 'are no known layout']
  const regions = Math.floor((size - DdrV5.size) / DdrRegion.size)
  const note = `${size} bytes ${problem}; decoded as version ${version}, with room for ${regions} regions`
  return { version, head: DdrV5, regions, note }
}
