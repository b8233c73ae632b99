// SPDX-License-Identifier: MIT
// Item 3, a part of the header, and the items 107 to 131 of the same shape: 32 version words, one for each subsystem
// that speaks a protocol. Source: version word owners from the downstream drivers' smd_private.h.

import { ItemId } from '../data/item-names.js'
import { u16, u32 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'
import type { Decoded, Decoder } from './decoder.js'

const Version = struct('version word', { minor: u16, major: u16 })

const WORDS = 32

const owners: Partial<Record<number, string>> = {
  4: 'QDSP6',
  6: 'apps SBL',
  7: 'master SBL',
  8: 'apps',
  9: 'modem',
  10: 'DSPS',
}

/** Who keeps a word up to date; null where no public source says. */
export function subsystemName(index: number): string | null {
  return owners[index] ?? null
}

/** Of the heap itself, of SMD, SMSM and others. */
export const versionItems: readonly number[] = [
  ItemId.VERSION_INFO,
  ...Array.from(
    { length: ItemId.VERSION_LAST - ItemId.VERSION_SMD + 1 },
    (_, index) => ItemId.VERSION_SMD + index,
  ),
]

export const versions = {
  name: 'versions',
  items: versionItems,
  summary:
    'which version of a protocol each subsystem speaks: the heap itself, SMD, SMSM and others',
  layout: '32 words; those that are 0 are left out',
  source: 'downstream arch/arm/mach-msm/smd_private.h',
  decode(item) {
    const size = WORDS * Version.size
    if (item.size < size) throw item.refuse(`${item.size} bytes are less than ${WORDS} words`)
    const words: Decoded[] = []
    for (let index = 0; index < WORDS; index++) {
      const at = index * Version.size
      if (item.peek(u32, at) === 0) continue
      const { major, minor } = item.read(`[${words.length}]`, Version, at)
      words.push({ index, owner: subsystemName(index), major, minor })
    }
    return words
  },
} satisfies Decoder
