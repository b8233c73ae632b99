// SPDX-License-Identifier: MIT
// Firmware images by their index in the image version tables: 0 to 31 in item 469, 32 to 63 in item 667.

import { imageNames } from './tables/images.js'

/** `mpss` for 11; null where the index has no public name. */
export function imageName(index: number): string | null {
  return imageNames[index] ?? null
}
