// SPDX-License-Identifier: MIT
// Item 603: DRAM type, frequencies and regions. It carries no version: the size tells the layout. This is
// version 5 with four regions, 424 bytes. Source: Linux drivers/soc/qcom/smem_dramc.c.

import { hexAddress } from '../../errors.js'
import { DdrRegion, DdrV5 } from '../../items/ddr-layouts.js'
import { bytesOf } from './bytes.js'

const REGIONS = 4

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
  const head = {
    manufacturer: ddr.manufacturer,
    deviceType: ddr.deviceType,
    channels: Array.from({ length: ddr.channels }, () => channel),
    frequencies: ddr.frequenciesKHz.map((kHz) => ({ kHz, enabled: 1 })),
    numFrequencies: ddr.frequenciesKHz.length,
    maxNominalKHz: Math.max(...ddr.frequenciesKHz),
    numChannels: ddr.channels,
    numRegions: ddr.regions.length,
    rank0Size: ddr.regions.reduce((sum, { size }) => sum + size, 0),
    cs0Start: hexAddress(ddr.regions[0]?.start ?? 0),
    highestBankBit: ddr.highestBankBit,
  }
  const bytes = bytesOf(DdrV5, head, DdrV5.size + REGIONS * DdrRegion.size)
  const view = new DataView(bytes.buffer)
  ddr.regions.forEach(({ start, size }, i) => {
    const at = DdrV5.size + i * DdrRegion.size
    DdrRegion.assign(view, at, { start: hexAddress(start), size })
  })
  return bytes
}
