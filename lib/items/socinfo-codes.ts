// SPDX-License-Identifier: MIT
// Small enumerations of item 137: who made the chip, and the two codes of its SKU.
// Source: Linux include/linux/soc/qcom/socinfo.h (SOCINFO_FC_*, SOCINFO_PC*); EDK2 ChipInfoDefs.h (foundries).

const foundries = ['unknown', 'TSMC', 'GF', 'SS', 'IBM', 'UMC', 'SMIC', 'Samsung S5']

const ENGINEERING = 0xf1
const ENGINEERING_CODES = 16
const PRODUCT_CODES = 8

/** `TSMC` for 1; null where the number has no public name. */
export function foundryName(foundry: number): string | null {
  return foundries[foundry] ?? null
}

/** `AA` for 1, `Y0` for 0xf1; null where the number has no public name. */
export function featureCodeName(code: number): string | null {
  if (code === 0) return 'unknown'
  if (code <= 8) return `A${'ABCDEFGH'[code - 1]}`
  const y = code - ENGINEERING
  return y >= 0 && y < ENGINEERING_CODES ? `Y${y}` : null
}

/** `PC0` for 1; null where the number has no public name. */
export function productCodeName(code: number): string | null {
  if (code === 0) return 'unknown'
  return code <= PRODUCT_CODES ? `PC${code - 1}` : null
}
