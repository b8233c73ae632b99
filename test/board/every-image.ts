// SPDX-License-Identifier: MIT
// A version of every firmware image that item 469 has room for, three of them odd: one is not there, one has no
// name, and one's name fills its field, so that the kernel reads on into the variant.

import { imageVersionsItem } from './socinfo.js'

/** The kernel's names of the images by index, as far as item 469 goes. Linux 6.12 has folders for most. */
export const IMAGE_FOLDERS: readonly string[] = (
  'boot tz tzsecapp rpm sdi hyp adsp1 adsp2 cdsp2 appsbl apps mpss adsp cnss video dsps ' +
  'cdsp npu wpss cdsp1 gpdsp gpdsp1 sensorpd audiopd oempd chargerpd oispd soccp tme gearvm uefi cdsp3'
).split(' ')

export const EMPTY = { name: '', variant: '', oem: '' }
const FULL_NAME = 75

/** A version of every image, but for three odd ones. */
export const IMAGES = IMAGE_FOLDERS.map((folder, index) => {
  if (folder === 'rpm') return EMPTY
  if (folder === 'cnss') return { ...EMPTY, variant: 'NAMELESS' }
  if (folder === 'video') return { name: 'V'.repeat(FULL_NAME), variant: 'RUN-ON', oem: 'OEM' }
  return { name: `${folder}.${index}-00${index}`, variant: `VARIANT-${index}`, oem: `OEM-${index}` }
})

/** Item 469. */
export function everyImage(): Buffer {
  return imageVersionsItem(IMAGES.map((image, index) => ({ index, folder: '', ...image })))
}

/** What the files of an image have to show: a name that fills its field runs on into the variant. */
export function shownOf(index: number): string[] {
  const { name, variant, oem } = IMAGES[index] ?? EMPTY
  return [name.length === FULL_NAME ? name + variant : name, variant, oem]
}
