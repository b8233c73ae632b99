// SPDX-License-Identifier: MIT
// Items 469 and 667: the version strings of the firmware images, one record for each image by its index.

import { IMAGE_RECORDS, ImageVersion } from '../../items/image-versions.js'

/** Index of each image in the first table, and from 32 in the second. */
const imageIndex = {
  boot: 0,
  tz: 1,
  rpm: 3,
  sdi: 4,
  hyp: 5,
  appsbl: 9,
  apps: 10,
  mpss: 11,
  adsp: 12,
  cnss: 13,
  video: 14,
  dsps: 15,
  cdsp: 16,
  wpss: 18,
  uefi: 30,
  devcfg: 37,
} as const

/**
 * The images that have a place in the tables.
 * @see {@link imageVersions}
 */
export type ImageName = keyof typeof imageIndex

/**
 * What a firmware image says of itself.
 * @see {@link imageVersions}
 */
export interface ImageVersionDescription {
  readonly name: string
  readonly variant?: string
  readonly oem?: string
}

/**
 * Images and what they say of themselves.
 * @see {@link imageVersions}
 */
export type ImageVersions = Partial<Record<ImageName, ImageVersionDescription>>

/**
 * The bytes of item 469. Images of the second table are left out.
 * @example
 * ```ts
 * import { imageVersions } from 'qcom-smem/testing'
 *
 * const data = imageVersions({ mpss: { name: 'MPSS.AT.4.0', variant: 'TEST', oem: 'desk' } })
 * console.log(data.length, Buffer.from(data.buffer, 11 * 128, 11).toString()) // 4096 MPSS.AT.4.0
 * ```
 */
export function imageVersions(versions: ImageVersions): Uint8Array {
  return table(versions, 0)
}

/**
 * The bytes of item 667. Images of the first table are left out.
 * @example
 * ```ts
 * import { imageVersions2 } from 'qcom-smem/testing'
 *
 * console.log(imageVersions2({ devcfg: { name: 'DEVCFG.1' } }).length) // 4096
 * ```
 */
export function imageVersions2(versions: ImageVersions): Uint8Array {
  return table(versions, IMAGE_RECORDS)
}

function table(versions: ImageVersions, first: number): Uint8Array {
  const bytes = new Uint8Array(IMAGE_RECORDS * ImageVersion.size)
  const view = new DataView(bytes.buffer)
  for (const [image, version] of Object.entries(versions)) {
    const record = imageIndex[image as ImageName] - first
    if (record < 0 || record >= IMAGE_RECORDS) continue
    ImageVersion.assign(view, record * ImageVersion.size, version)
  }
  return bytes
}
