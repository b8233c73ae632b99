// SPDX-License-Identifier: MIT
// Kinds of boards as socinfo numbers them: `MTP` is a phone for developers, `IDP`, `CRD` and `QRD` are others.

import { platformNames } from './tables/platforms.js'

/** `MTP` for 8; null where the platform type has no public name. */
export function platformName(platform: number): string | null {
  return platformNames[platform] ?? null
}
