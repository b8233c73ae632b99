// SPDX-License-Identifier: MIT
// Item 137: what chip this is. The structure grows at its end with each format; a field is there when the
// format is new enough and the item long enough, because some vendors shipped a format with fewer bytes.
// Source: Linux include/linux/soc/qcom/socinfo.h and drivers/soc/qcom/socinfo.c; EDK2 ChipPlatformInfoSmem.h.

import { ItemId } from '../data/item-names.js'
import { socName } from '../data/soc-ids.js'
import { type Field, text, u32, version } from '../layout/scalar.js'
import type { Decoded, Decoder } from './decoder.js'

const build = text(32)

/** Name, type, and the minor format that brought the field, in the order in which they lie in memory. */
const fields: readonly (readonly [name: string, type: Field<Decoded>, since: number])[] = [
  ['format', version, 1],
  ['id', u32, 1],
  ['version', version, 1],
  ['buildId', build, 1],
  ['rawId', u32, 2],
  ['rawVersion', u32, 2],
  ['platform', u32, 3],
  ['platformVersion', version, 4],
  ['accessoryChip', u32, 5],
  ['platformSubtype', u32, 6],
  ['pmicModel', u32, 7],
  ['pmicDieRevision', version, 7],
  ['pmicModel1', u32, 8],
  ['pmicDieRevision1', version, 8],
  ['pmicModel2', u32, 8],
  ['pmicDieRevision2', version, 8],
  ['foundryId', u32, 9],
  ['serialNumber', u32, 10],
  ['pmicCount', u32, 11],
  ['pmicArrayOffset', u32, 11],
  ['chipFamily', u32, 12],
  ['rawDeviceFamily', u32, 12],
  ['rawDeviceNumber', u32, 12],
  ['productId', u32, 13],
  ['chipName', text(32), 13],
  ['clusterCount', u32, 14],
  ['clusterArrayOffset', u32, 14],
  ['subsetPartCount', u32, 14],
  ['subsetPartArrayOffset', u32, 14],
  ['modemSupported', u32, 15],
  ['featureCode', u32, 16],
  ['productCode', u32, 16],
  ['partNameMapOffset', u32, 16],
  ['partNameMapCount', u32, 16],
  ['oemVariant', u32, 17],
  ['keyValueCount', u32, 18],
  ['keyValueOffset', u32, 18],
  ['functionalClusterCount', u32, 19],
  ['bootCluster', u32, 19],
  ['bootCore', u32, 19],
  ['rawPackageType', u32, 20],
  ['partialFeatureArrayOffset', u32, 21],
  ['cpuCoreArrayOffset', u32, 22],
  ['partInstanceOffset', u32, 23],
  ['partInstanceCount', u32, 23],
]

/** Bytes of format 0.1. */
const LEAST = 0x2c

export const socinfo: Decoder = {
  name: 'socinfo',
  items: [ItemId.HW_SW_BUILD_ID],
  summary: 'what chip this is: id, revision, serial number, power chips, what is fused off',
  layout: 'formats 0.1 to 0.23',
  source: 'Linux include/linux/soc/qcom/socinfo.h; EDK2 ChipPlatformInfoSmem.h',
  decode(item) {
    const format = item.peek(u32, 0) ?? 0
    if (format >>> 16 !== 0) {
      throw item.refuse(`socinfo has major format ${format >>> 16}; only 0 is known`)
    }
    if (item.size < LEAST) throw item.refuse(`${item.size} bytes are too few for socinfo`)
    const value: Record<string, Decoded> = {}
    let at = 0
    for (const [name, type, since] of fields) {
      if (since > (format & 0xffff) || !item.has(at, type.size)) break
      value[name] = item.read(name, type, at)
      at += type.size
    }
    return { soc: socName(value.id as number), ...value }
  },
}
