// SPDX-License-Identifier: MIT
// Item 333: which bits of which state a host wants to be interrupted for, entry by entry, and in each entry host
// by host. Source: Linux drivers/soc/qcom/smsm.c.

import { ItemId } from '../data/item-names.js'
import { smsmEntries, smsmHosts } from '../data/smsm-states.js'
import { u32 } from '../layout/scalar.js'
import type { Decoder } from './decoder.js'
import { smsmBitNames, smsmShapeOf, smsmWordsIn } from './smsm-shape.js'

export const smsmMasks = {
  name: 'smsm-masks',
  items: [ItemId.SMSM_CPU_INTR_MASK],
  summary: 'which state bits each host wants to be interrupted for',
  layout: 'entries x hosts words as item 419 says, else 8 x 3',
  source: 'Linux drivers/soc/qcom/smsm.c',
  decode(item) {
    const { entries, hosts } = smsmShapeOf(item)
    const shape = `a shape of ${entries} entries for ${hosts} hosts`
    const count = smsmWordsIn(item, entries * hosts, shape)
    const row = (entry: number) => {
      const columns = Math.min(hosts, count - entry * hosts)
      return Array.from({ length: columns }, (_, host) => {
        const at = (entry * hosts + host) * u32.size
        const mask = item.read(`entries[${entry}].masks[${host}].mask`, u32, at)
        const hostName = smsmHosts[host] ?? null
        return { host, hostName, mask, maskBits: smsmBitNames(item, entry, mask) }
      })
    }
    return {
      entries: Array.from({ length: Math.ceil(count / Math.max(hosts, 1)) }, (_, entry) => {
        return { entry, entryName: smsmEntries[entry] ?? null, masks: row(entry) }
      }),
    }
  },
} satisfies Decoder
