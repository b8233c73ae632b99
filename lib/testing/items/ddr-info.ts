// SPDX-License-Identifier: MIT
// Item 603: DRAM type, frequencies and regions. It carries no version: the size tells the layout. This is
// version 5 with four regions, 424 bytes. Source: Linux drivers/soc/qcom/smem_dramc.c.

import { array, reserved, u8, u16, u32 } from '../../layout/scalar.js'
import { struct } from '../../layout/struct.js'
import { bytesOf, wide } from './bytes.js'

const Channel = struct('ddr channel', { revision1: u16, revision2: u16, width: u16, density: u16 })
const Frequency = struct('ddr frequency', { kHz: u32, enabled: u8, pad: reserved(3) })
const Region = struct('ddr region', {
  start: array(u32, 2),
  size: array(u32, 2),
  controller: array(u32, 2),
  granuleMib: u32,
  rankBits: u8,
  firstSegment: u8,
  pad: reserved(2),
  segmentOffset: array(u32, 2),
})

const DdrInfo = struct('ddr info', {
  manufacturer: u8,
  deviceType: u8,
  channels: array(Channel, 8),
  pad0: reserved(6),
  frequencies: array(Frequency, 14),
  numFrequencies: u8,
  pad1: reserved(7),
  clockPeriodAddress: array(u32, 2),
  maxNominalKHz: u32,
  pad2: reserved(4),
  numChannels: u8,
  pad3: reserved(7),
  numRegions: u32,
  pad4: reserved(4),
  rank0Size: array(u32, 2),
  rank1Size: array(u32, 2),
  cs0Start: array(u32, 2),
  cs1Start: array(u32, 2),
  highestBankBit: u32,
  pad5: reserved(4),
  regions: array(Region, 4),
})

export const DdrType = { LPDDR4X: 7, LPDDR5: 8 } as const

export interface DdrDescription {
  /** JEDEC manufacturer id: 1 Samsung, 6 SK hynix, 255 Micron. */
  readonly manufacturer: number
  readonly deviceType: number
  readonly frequenciesKHz: readonly number[]
  readonly channels: number
  readonly highestBankBit: number
  readonly regions: readonly { readonly start: number; readonly size: number }[]
}

/** The bytes of item 603. */
export function ddrInfo(ddr: DdrDescription): Uint8Array {
  const channel = { revision1: 6, revision2: 1, width: 16, density: 8 }
  const region = { controller: [0, 0], granuleMib: 0, rankBits: 0, firstSegment: 0 }
  return bytesOf(DdrInfo, {
    manufacturer: ddr.manufacturer,
    deviceType: ddr.deviceType,
    channels: Array.from({ length: ddr.channels }, () => channel),
    frequencies: ddr.frequenciesKHz.map((kHz) => ({ kHz, enabled: 1, pad: undefined })),
    numFrequencies: ddr.frequenciesKHz.length,
    maxNominalKHz: Math.max(...ddr.frequenciesKHz),
    numChannels: ddr.channels,
    numRegions: ddr.regions.length,
    rank0Size: wide(ddr.regions.reduce((sum, { size }) => sum + size, 0)),
    cs0Start: wide(ddr.regions[0]?.start ?? 0),
    highestBankBit: ddr.highestBankBit,
    regions: ddr.regions.map(({ start, size }) => ({
      ...region,
      start: wide(start),
      size: wide(size),
      pad: undefined,
      segmentOffset: [0, 0],
    })),
  })
}
