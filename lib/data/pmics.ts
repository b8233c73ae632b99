// SPDX-License-Identifier: MIT
// Power management chips by the model number that socinfo gives them. Two numberings are in use, and the newer
// one gave some numbers a second time: those have both names, as Linux prints them (`PM8909/PM8058`).

import { pmicNames } from './tables/pmics.js'

/** `PM8998/PM8015` for 20; null where the model has no public name. Bits 16 and up are not the model's. */
export function pmicName(model: number): string | null {
  return pmicNames[model & 0xffff] ?? null
}
