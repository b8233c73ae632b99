// SPDX-License-Identifier: MIT
// Item 403: what switched the phone on, as older boot loaders tell the next stage; newer power chips are asked
// themselves. Source: little-kernel platform/msm_shared/smem.h has three of the bits; the others are by common
// convention only.

import { ItemId } from '../data/item-names.js'
import { u32 } from '../layout/scalar.js'
import { type BitNames, bitNames } from './bits.js'
import type { Decoder } from './decoder.js'

const described: BitNames = { 1: 'RTC_ALARM', 5: 'USB_CHARGER', 6: 'WALL_CHARGER' }
const conventional: BitNames = { 0: 'KEY', 2: 'CABLE', 3: 'SMPL', 4: 'WATCHDOG' }

export const powerOnStatus = {
  name: 'power-on-status',
  items: [ItemId.POWER_ON_STATUS_INFO],
  summary: 'what switched the device on: a key, a charger, an alarm, a watchdog',
  layout: 'one word of bits',
  source: 'little-kernel platform/msm_shared/smem.h',
  decode(item) {
    const status = item.read('status', u32, 0)
    const unverified = bitNames(status, conventional).filter((name) => !name.startsWith('bit'))
    if (unverified.length > 0) {
      item.note(`named by convention, not by a public source: ${unverified.join(', ')}`)
    }
    return { status, statusBits: bitNames(status, { ...described, ...conventional }) }
  },
} satisfies Decoder
