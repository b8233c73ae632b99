// SPDX-License-Identifier: MIT
// Item 85: the shared state machine, one word of state bits for each processor, which nobody else writes.
// Source: Linux drivers/soc/qcom/smsm.c; names from downstream include/soc/qcom/smsm.h.

import { ItemId } from '../data/item-names.js'
import { smsmEntries } from '../data/smsm-states.js'
import { u32 } from '../layout/scalar.js'
import type { Decoder } from './decoder.js'
import { smsmBitNames, smsmShapeOf, smsmWordsIn } from './smsm-shape.js'

export const smsmStates = {
  name: 'smsm-states',
  items: [ItemId.SMSM_SHARED_STATE],
  summary: 'the state bits that each processor shows to all others',
  layout: 'as many words as item 419 says, else 8',
  source: 'Linux drivers/soc/qcom/smsm.c; downstream include/soc/qcom/smsm.h',
  decode(item) {
    const { entries } = smsmShapeOf(item)
    const count = smsmWordsIn(item, entries, `a shape of ${entries} entries`)
    return {
      entries: Array.from({ length: count }, (_, entry) => {
        const state = item.read(`entries[${entry}].state`, u32, entry * u32.size)
        const stateBits = smsmBitNames(item, entry, state)
        return { entry, entryName: smsmEntries[entry] ?? null, state, stateBits }
      }),
    }
  },
} satisfies Decoder
