// SPDX-License-Identifier: MIT
// What the words of a RAM partition mean. Source: EDK2 RamPartition.h; little-kernel platform/msm_shared/smem.h.

type Names = Readonly<Record<number, string>>

const DEFAULT = 0xffffffff

export const ramAttributes: Names = { 0: 'read-only', 1: 'read-write', [DEFAULT]: 'default' }

export const ramCategories: Names = {
  0: 'SMI',
  1: 'EBI1',
  2: 'EBI2',
  3: 'QDSP6',
  4: 'IRAM',
  5: 'IMEM',
  6: 'EBI0_CS0',
  7: 'EBI0_CS1',
  8: 'EBI1_CS0',
  9: 'EBI1_CS1',
  14: 'SDRAM',
  [DEFAULT]: 'default',
}

export const ramDomains: Names = { 0: 'default', 1: 'apps', 2: 'modem', 3: 'shared' }

export const ramTypes: Names = {
  1: 'system memory',
  2: 'boot region 1',
  3: 'boot region 2',
  4: 'apps boot loader',
  5: 'apps',
  6: 'tools FV',
  7: 'quantum FV',
  8: 'quest FV',
  9: 'ABL',
}
