// SPDX-License-Identifier: MIT
// Which decoder reads which item. A new decoder is a file of its own and a line here.

import { bootInfo } from './boot-info.js'
import { crashReason } from './crash-reason.js'
import { ddrInfo } from './ddr-info.js'
import type { Decoder } from './decoder.js'
import { dualBoot, dualBootOld } from './dual-boot.js'
import { adspErrorText, errorText } from './error-text.js'
import { flashPartitions } from './flash-partitions.js'
import { glinkDescriptor } from './glink-descriptor.js'
import { glinkFifo } from './glink-fifo.js'
import { heapInfo, hwResetDetect, procComm } from './header-items.js'
import { imageVersions } from './image-versions.js'
import { minidump } from './minidump.js'
import { powerOnStatus } from './power-on-status.js'
import { ramPartitions } from './ram-partitions.js'
import { routerBoot, routerBootOld, routerMachine } from './router-boot.js'
import { smdChannelInfo } from './smd-channel-info.js'
import { smdChannels } from './smd-channels.js'
import { smdFifo } from './smd-fifo.js'
import {
  smemLog,
  smemLogIndex,
  smemLogWrap,
  smemStaticLog,
  smemStaticLogIndex,
} from './smem-log.js'
import { smp2p } from './smp2p.js'
import { smsmMasks } from './smsm-masks.js'
import { smsmSizeInfo } from './smsm-shape.js'
import { smsmStates } from './smsm-states.js'
import { socinfo } from './socinfo.js'
import { dalArea, spinlockArray } from './software-locks.js'
import { versions } from './version-arrays.js'

/**
 * Each of ours by its name; where several know an id, the first that accepts the bytes is asked.
 * @example
 * ```ts
 * import { decoders, Host, ItemId, Smem } from 'qcom-smem'
 *
 * using smem = Smem.open({ source: 'fake' })
 * const item = smem.get(ItemId.SMP2P_MODEM_BASE, { host: Host.MODEM })
 * console.log(decoders.smp2p.items.includes(item.id), item.decode(decoders.smp2p).magic) // true $SMP
 * ```
 */
export const decoders = {
  // Ids of routers first: what they accept is narrow, and others read these ids otherwise.
  routerBootOld,
  routerMachine,
  dualBootOld,
  crashReason,
  routerBoot,
  dualBoot,
  flashPartitions,
  ramPartitions,
  ddrInfo,
  minidump,
  errorText,
  adspErrorText,
  smemLogIndex,
  smemLogWrap,
  smemLog,
  smemStaticLogIndex,
  smemStaticLog,
  spinlockArray,
  dalArea,
  procComm,
  heapInfo,
  versions,
  hwResetDetect,
  socinfo,
  imageVersions,
  powerOnStatus,
  bootInfo,
  smp2p,
  smsmMasks,
  smsmSizeInfo,
  smsmStates,
  smdChannels,
  smdChannelInfo,
  smdFifo,
  glinkDescriptor,
  glinkFifo,
}

export const builtinDecoders: readonly Decoder[] = Object.values(decoders)

let byItem: Map<number, Decoder[]> | undefined

/** Ours that may know an item, the first choice first. The index is made when the first item is decoded. */
export function builtinOf(id: number): readonly Decoder[] {
  if (byItem === undefined) {
    byItem = new Map()
    for (const decoder of builtinDecoders) {
      for (const known of decoder.items) byItem.set(known, [...(byItem.get(known) ?? []), decoder])
    }
  }
  return byItem.get(id) ?? []
}
