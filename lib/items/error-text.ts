// SPDX-License-Identifier: MIT
// What a processor last wrote before it failed, for people: the message of item 6 and the logs of items 408 and 11.
// Source: downstream arch/arm/mach-msm/smd.c, which prints the first two where the modem crashes.

import { ItemId } from '../data/item-names.js'
import type { Decoder } from './decoder.js'
import { printableLength, readText } from './plain-text.js'

const source = 'downstream arch/arm/mach-msm/smd.c'

export const errorText = {
  name: 'error-text',
  items: [ItemId.DIAG_ERR_MESSAGE, ItemId.ERR_CRASH_LOG],
  summary: 'what the modem wrote before it failed',
  layout: 'text, up to 16384 bytes of it',
  source,
  decode: (item) => ({ text: readText(item, 'text') }),
} satisfies Decoder

/** Enough to tell text from the table of bad blocks that older boot loaders keep there. */
const ENOUGH = 8

export const adspErrorText = {
  name: 'error-text-adsp',
  items: [ItemId.ERR_CRASH_LOG_ADSP],
  summary: 'what the ADSP wrote before it failed',
  layout: 'text; old boot loaders keep bad blocks there',
  source,
  accepts: (item) => printableLength(item, ENOUGH) === ENOUGH,
  decode: (item) => ({ text: readText(item, 'text') }),
} satisfies Decoder
