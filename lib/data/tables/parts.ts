// SPDX-License-Identifier: MIT
// Generated from parts.json by scripts/tables.js: edit that, then run `npm run tables`.
// Source: EDK2 ChipInfoDefs.h (part types: the index of the subset part arrays of socinfo).

export const partNames: Readonly<Record<number, string>> = {
  0: 'unknown',
  1: 'GPU',
  2: 'VIDEO',
  3: 'CAMERA',
  4: 'DISPLAY',
  5: 'AUDIO',
  6: 'MODEM',
  7: 'WLAN',
  8: 'COMP',
  9: 'SENSORS',
  10: 'NPU',
  11: 'SPSS',
  12: 'NAV',
  13: 'COMPUTE_1',
  14: 'DISPLAY_1',
  15: 'NSP',
  16: 'EVA',
  17: 'PCIE',
  18: 'CPU',
  19: 'DDR',
}
