// SPDX-License-Identifier: MIT
// What the boot loaders of routers (IPQ chips) say of the flash they came from, one word an item. Newer ones have
// ids of their own; IPQ806x used ids that are crash reasons and SMP2P items elsewhere, so there the content decides.
// Source: the Qualcomm QSDK U-Boot headers and sources for IPQ boards.

import { flashTypeNames } from '../data/flash-types.js'
import { ItemId } from '../data/item-names.js'
import { type Field, u32 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'
import type { Decoder } from './decoder.js'
import type { Dissection } from './dissection.js'
import { printableLength } from './plain-text.js'
import { withNames } from './value-names.js'

/** Of newer boot loaders; nobody else uses these ids. */
const words: Readonly<Record<number, string>> = {
  [ItemId.BOOT_FLASH_TYPE]: 'flashType',
  [ItemId.BOOT_FLASH_INDEX]: 'flashIndex',
  [ItemId.BOOT_FLASH_CHIP_SELECT]: 'flashChipSelect',
  [ItemId.BOOT_FLASH_BLOCK_SIZE]: 'flashBlockSize',
  [ItemId.BOOT_FLASH_DENSITY]: 'flashDensity',
  [ItemId.PARTITION_TABLE_OFFSET]: 'partitionTableOffset',
  [ItemId.SPI_FLASH_ADDR_LEN]: 'spiFlashAddressLength',
  [ItemId.ATF_ENABLE]: 'atfEnable',
}

/** Of IPQ806x and of a variant of the router boot loader, on ids with another meaning elsewhere. */
const borrowedWords: Readonly<Record<number, string>> = {
  [ItemId.SSR_REASON_MSS0]: 'flashType',
  [ItemId.SSR_REASON_WCNSS0]: 'flashIndex',
  [ItemId.SSR_REASON_LPASS0]: 'flashChipSelect',
  [ItemId.SSR_REASON_DSPS0]: 'flashBlockSize',
  [ItemId.SMP2P_APPS_BASE + 1]: 'partitionTableOffset',
  [ItemId.SMP2P_SSC_BASE + 1]: 'flashDensity',
  [ItemId.SMP2P_SSC_BASE + 2]: 'partitionTableOffset',
}

const source = 'QSDK U-Boot headers for IPQ806x to IPQ9574'
const ids = (names: Readonly<Record<number, string>>) => Object.keys(names).map(Number)

/** Room that a version-11 heap gives one word. */
const WORD_ROOM = 8

/** A word or two, and not text: crash reasons are text, and SMP2P items longer and with a magic. */
function isSmallWord(item: Dissection): boolean {
  return item.size >= u32.size && item.size <= WORD_ROOM && printableLength(item, u32.size) < 4
}

function readWord(item: Dissection, names: Readonly<Record<number, string>>) {
  const field = names[item.id]!
  return withNames({ [field]: item.read(field, u32, 0) }, { flashType: flashTypeNames })
}

export const routerBoot = {
  name: 'router-boot',
  items: ids(words),
  summary: 'from which flash a router booted, and how that flash is built',
  layout: 'one word',
  source,
  decode: (item) => readWord(item, words),
} satisfies Decoder

export const routerBootOld = {
  name: 'router-boot-ipq806x',
  items: ids(borrowedWords),
  summary: 'from which flash an IPQ806x router booted, on ids that mean something else elsewhere',
  layout: 'one word: at most 8 bytes and no text',
  source,
  accepts: isSmallWord,
  decode: (item) => readWord(item, borrowedWords),
} satisfies Decoder

const MachineId = struct('machine id', { format: u32, machineId: u32 })

export const routerMachine = {
  name: 'router-machine',
  items: [ItemId.SSR_REASON_VCODEC0],
  summary: 'which board a router is, on the id of a crash reason',
  layout: 'two words: exactly 8 bytes and no text',
  source,
  accepts: (item) => item.size === MachineId.size && isSmallWord(item),
  decode: (item) => item.read('', MachineId as Field<{ format: number; machineId: number }>, 0),
} satisfies Decoder
