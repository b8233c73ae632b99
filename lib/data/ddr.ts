// SPDX-License-Identifier: MIT
// Kinds of DRAM, and who made it. Source: Linux drivers/soc/qcom/smem_dramc.c for the types; mode register 5 of
// JEDEC JESD209-4 for the manufacturers.

export const ddrTypeNames: Readonly<Record<number, string>> = {
  0: 'none',
  1: 'LPDDR1',
  2: 'LPDDR2',
  3: 'PCDDR2',
  4: 'PCDDR3',
  5: 'LPDDR3',
  6: 'LPDDR4',
  7: 'LPDDR4X',
  8: 'LPDDR5',
  9: 'LPDDR5X',
}

export const ddrManufacturerNames: Readonly<Record<number, string>> = {
  1: 'Samsung',
  5: 'Nanya',
  6: 'SK hynix',
  8: 'Winbond',
  9: 'ESMT',
  255: 'Micron',
}
