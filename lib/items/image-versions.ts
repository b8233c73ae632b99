// SPDX-License-Identifier: MIT
// Items 469 and 667: which build of each firmware image was started, one record for each image by its index. A record
// whose name is empty is an image that this SoC does not have, or that has not said. Source: Linux
// drivers/soc/qcom/socinfo.c.

import { imageName } from '../data/images.js'
import { ItemId } from '../data/item-names.js'
import { reserved, text } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'
import type { Decoded, Decoder } from './decoder.js'

export const ImageVersion = struct('image version', {
  name: text(75),
  variant: text(20),
  pad: reserved(1),
  oem: text(32),
})

/** Records in one table. */
export const IMAGE_RECORDS = 32

export const imageVersions = {
  name: 'image-versions',
  items: [ItemId.IMAGE_VERSION_TABLE, ItemId.IMAGE_VERSION_TABLE_2],
  summary: 'which build of each firmware image was started: name, variant, OEM version',
  layout: 'up to 32 records of 128 bytes',
  source: 'Linux drivers/soc/qcom/socinfo.c',
  decode(item) {
    const records = Math.floor(item.size / ImageVersion.size)
    if (records === 0) throw item.refuse(`${item.size} bytes are less than one record of 128`)
    if (records < IMAGE_RECORDS) item.note(`only ${records} of ${IMAGE_RECORDS} records are there`)
    if (records > IMAGE_RECORDS) {
      item.note(`${records} records are there; those from ${IMAGE_RECORDS} on are not decoded`)
    }
    const first = item.id === ItemId.IMAGE_VERSION_TABLE_2 ? IMAGE_RECORDS : 0
    const images: Decoded[] = []
    for (let record = 0; record < Math.min(records, IMAGE_RECORDS); record++) {
      const at = record * ImageVersion.size
      if (item.peek(ImageVersion.fields.name, at) === '') continue
      const index = first + record
      const { name, variant, oem } = item.read(`[${images.length}]`, ImageVersion, at)
      images.push({ index, image: imageName(index), name, variant, oem })
    }
    return images
  },
} satisfies Decoder
