// SPDX-License-Identifier: MIT
// Which decoder reads which item. A new decoder is a file of its own and a line here.

import type { Decoder } from './decoder.js'
import { heapInfo, procComm, versions } from './header-items.js'
import { socinfo } from './socinfo.js'

const decoders: readonly Decoder[] = [procComm, heapInfo, versions, socinfo]

const byItem = new Map(decoders.flatMap((decoder) => decoder.items.map((id) => [id, decoder])))

/** The decoder of an item; null where none knows it. */
export function decoderOf(id: number): Decoder | null {
  return byItem.get(id) ?? null
}
