// SPDX-License-Identifier: MIT
// Kinds of flash that router boot loaders boot from, as their item 498 numbers them.
// Source: the Qualcomm QSDK U-Boot headers for IPQ boards.

export const flashTypeNames: Readonly<Record<number, string>> = {
  0: 'none',
  1: 'NOR',
  2: 'NAND',
  3: 'OneNAND',
  4: 'SDC',
  5: 'MMC',
  6: 'SPI',
  7: 'NOR + NAND',
  8: 'NOR + eMMC',
  11: 'QSPI NAND',
  12: 'NOR with GPT',
}
