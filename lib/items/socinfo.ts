// SPDX-License-Identifier: MIT
// Item 137: what chip this is. A field is there when the format is new enough and the item long enough, because
// some vendors shipped a format with fewer bytes. Source: Linux drivers/soc/qcom/socinfo.c.

import { chipFamilyName } from '../data/chip-families.js'
import { ItemId } from '../data/item-names.js'
import { platformName } from '../data/platforms.js'
import { pmicName } from '../data/pmics.js'
import { firmwareSocName, socName } from '../data/soc-ids.js'
import { type Field, u32 } from '../layout/scalar.js'
import type { Decoded, Decoder } from './decoder.js'
import type { Dissection } from './dissection.js'
import { readArrays } from './socinfo-arrays.js'
import { featureCodeName, foundryName, productCodeName } from './socinfo-codes.js'
import { fixedSize, NEWEST_FORMAT, Socinfo } from './socinfo-layout.js'

/** Fields that are enumerations; their names stand beside them. */
const names: Readonly<Record<string, (value: number) => string | null>> = {
  platform: platformName,
  pmicModel: pmicName,
  pmicModel1: pmicName,
  pmicModel2: pmicName,
  foundryId: foundryName,
  chipFamily: chipFamilyName,
  featureCode: featureCodeName,
  productCode: productCodeName,
}

/**
 * Each field of the fixed part that the format has, its name beside it where it is an enumeration, and the arrays.
 * @see {@link decoders}
 */
export type SocinfoValue = Partial<Socinfo> & {
  soc: string | null
  firmwareSoc: string | null
  [field: string]: Decoded
}

export const socinfo = {
  name: 'socinfo',
  items: [ItemId.HW_SW_BUILD_ID],
  summary: 'what chip this is: id, revision, serial number, power chips, what is fused off',
  layout: `formats 0.1 to 0.${NEWEST_FORMAT}, with their arrays; newer ones as 0.${NEWEST_FORMAT}`,
  source: 'Linux include/linux/soc/qcom/socinfo.h; EDK2 ChipPlatformInfoSmem.h',
  decode(item): SocinfoValue {
    const minor = minorFormat(item)
    const known = fixedSize(minor)
    const fixed: Record<string, Decoded> = {}
    const named: Record<string, Decoded> = {}
    for (const [name, field] of Object.entries<Field<Decoded>>(Socinfo.fields)) {
      const at = Socinfo.offsets[name as keyof Socinfo]
      if (at >= known) break
      if (!item.has(at, field.size)) {
        item.note(`format 0.${minor} has ${known} bytes; the item ends before ${name}`)
        break
      }
      const value = item.read(name, field, at)
      fixed[name] = named[name] = value
      if (name in names) named[`${name}Name`] = names[name]!(value as number)
    }
    const id = fixed.id as number
    const soc = { soc: socName(id), firmwareSoc: firmwareSocName(id) }
    return { ...soc, ...named, ...readArrays(item, fixed as Partial<Socinfo>) }
  },
} satisfies Decoder

/** @throws SmemError EINVAL for what is no socinfo, or one of a layout that nobody has seen */
function minorFormat(item: Dissection): number {
  const format = item.peek(u32, 0) ?? 0
  const minor = format & 0xffff
  if (format >>> 16 !== 0 || minor === 0) {
    throw item.refuse(`socinfo has format ${format >>> 16}.${minor}; 0.1 and up are known`)
  }
  if (item.size < fixedSize(1)) {
    throw item.refuse(`${item.size} bytes are too few for socinfo, which has ${fixedSize(1)}`)
  }
  if (minor > NEWEST_FORMAT) {
    item.note(`format 0.${minor} is newer than 0.${NEWEST_FORMAT}; decoded as that`)
  }
  return minor
}
