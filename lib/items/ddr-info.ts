// SPDX-License-Identifier: MIT
// Item 603: what DRAM is fitted, how fast it can be driven and where it lies. Linux wants the highest bank bit for
// its display and graphics drivers, and believes it only in a plausible range.
// Source: Linux drivers/soc/qcom/smem_dramc.c.

import { ddrManufacturerNames, ddrTypeNames } from '../data/ddr.js'
import { ItemId } from '../data/item-names.js'
import { array, type Field, u8, u32 } from '../layout/scalar.js'
import {
  DdrChannel,
  DdrFrequency,
  type DdrLayout,
  DdrRegion,
  DdrV5,
  ddrLayouts,
  unknownDdrLayout,
} from './ddr-layouts.js'
import type { Decoded, Decoder } from './decoder.js'
import type { Dissection } from './dissection.js'
import { withNames } from './value-names.js'

/** Highest bank bits that Linux believes. */
const TRUSTED = { least: 13, most: 19 }

const names = { manufacturer: ddrManufacturerNames, deviceType: ddrTypeNames }

export const ddrInfo = {
  name: 'ddr-info',
  items: [ItemId.DDR_INFO],
  summary: 'what DRAM is fitted, how fast it can be driven and where it lies',
  layout:
    'by size: version 3 (200, 208), 4 (224), 5 (424, 504, 540, 620), 6 (616), 7 (536); others above 424 by what 5 to 7 share',
  source: 'Linux drivers/soc/qcom/smem_dramc.c',
  decode(item) {
    const layout = layoutOf(item)
    const { version, head } = layout
    const value: Record<string, Decoded> = { version }
    const rows: Partial<Record<string, Field<Decoded>>> = {
      channels: array(DdrChannel, counted(item, layout, 'channels', 'numChannels')),
      frequencies: array(DdrFrequency, counted(item, layout, 'frequencies', 'numFrequencies')),
    }
    for (const { name, offset, field } of head.parts!) {
      value[name] = item.read(name, rows[name] ?? (field as Field<Decoded>), offset)
    }
    if (head === DdrV5) value.regions = readRegions(item, layout)
    return withNames({ ...value, ...bankBit(value) }, names)
  },
} satisfies Decoder

function layoutOf(item: Dissection): DdrLayout {
  const layout = ddrLayouts.get(item.size) ?? unknownDdrLayout(item.size)
  if (layout !== null) {
    if (layout.note !== undefined) item.note(layout.note)
    return layout
  }
  const sizes = [...ddrLayouts.keys()].sort((a, b) => a - b)
  const reason = item.size < sizes[0]! ? 'older than any known layout' : 'no known layout'
  throw item.refuse(`${item.size} bytes of DDR info are ${reason}; known: ${sizes.join(', ')}`)
}

/** How many rows of a table are in use; never more than it has. */
function counted(
  item: Dissection,
  { head }: DdrLayout,
  table: 'channels' | 'frequencies',
  counter: 'numChannels' | 'numFrequencies',
): number {
  const row = table === 'channels' ? DdrChannel : DdrFrequency
  const slots = head.fields[table].size / row.size
  const count = item.peek(u8, head.offsets[counter]) ?? 0
  if (count > slots) item.note(`${count} ${table} are counted, and there is room for ${slots}`)
  return Math.min(count, slots)
}

function readRegions(item: Dissection, { regions: slots }: DdrLayout): Decoded {
  const count = item.peek(u32, DdrV5.offsets.numRegions) ?? 0
  if (count > slots) item.note(`${count} regions are counted, and there is room for ${slots}`)
  return item.read('regions', array(DdrRegion, Math.min(count, slots)), DdrV5.size)
}

/** The one that Linux uses, and whether it would. Version 3 has none. */
function bankBit(value: Readonly<Record<string, Decoded>>): Record<string, Decoded> {
  const perChannel = value.highestBankBits as readonly (readonly number[])[] | undefined
  const bit = (perChannel?.[0]?.[0] ?? value.highestBankBit) as number | undefined
  if (bit === undefined) return {}
  const trusted = bit >= TRUSTED.least && bit <= TRUSTED.most
  return { highestBankBit: bit, highestBankBitTrusted: trusted }
}
