// SPDX-License-Identifier: MIT
// Why a subsystem crashed, in its own words: text that it leaves in the global heap before it gives up. Empty as
// long as it has not. Older kernels cleared the first byte once they had printed it, and left the rest.
// Source: Linux drivers/remoteproc/qcom_q6v5.c and the crash_reason_smem of each remote processor's driver.

import { ItemId } from '../data/item-names.js'
import type { Decoder } from './decoder.js'
import { printableLength, readText } from './plain-text.js'

const subsystems: Readonly<Record<number, string>> = {
  [ItemId.SSR_REASON_MSS0]: 'MSS',
  [ItemId.SSR_REASON_WCNSS0]: 'WCNSS',
  [ItemId.SSR_REASON_LPASS0]: 'LPASS',
  [ItemId.SSR_REASON_DSPS0]: 'DSPS',
  [ItemId.SSR_REASON_VCODEC0]: 'VCODEC',
  [ItemId.SSR_REASON_CDSP]: 'CDSP',
  [ItemId.SSR_REASON_WPSS]: 'WPSS',
  [ItemId.SSR_REASON_SOCCP]: 'SOCCP',
}

/** So much readable text behind a cleared byte is what is left of a reason. */
const REMAINS = 4

export const crashReason = {
  name: 'crash-reason',
  items: Object.keys(subsystems).map(Number),
  summary: 'why a subsystem crashed, in its own words',
  layout: 'text, with or without a NUL at its end',
  source: 'Linux drivers/remoteproc/qcom_q6v5.c',
  decode(item) {
    const reason = readText(item, 'reason')
    const cleared =
      reason === '' && printableLength(item, REMAINS, 1) === REMAINS
        ? readText(item, 'cleared', 1)
        : null
    if (cleared !== null) item.note('a crash was reported before: all but its first byte is left')
    return { subsystem: subsystems[item.id]!, crashed: reason !== '', reason, cleared }
  },
} satisfies Decoder
