// SPDX-License-Identifier: MIT
// Which decoder reads which item. A new decoder is a file of its own and a line here.

import { bootInfo } from './boot-info.js'
import { crashReason } from './crash-reason.js'
import { ddrInfo } from './ddr-info.js'
import { type Decoder, type Decoding, dissect } from './decoder.js'
import { Dissection, type ItemContext } from './dissection.js'
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

/** Where several know an id, the first that accepts the bytes is asked. */
export const builtinDecoders: readonly Decoder[] = [
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
]

/** The decoders of one Smem: the user's own, then ours. */
export class Decoders {
  readonly #byItem = new Map<number, Decoder[]>()

  constructor(own: readonly Decoder[] = []) {
    for (const decoder of [...own, ...builtinDecoders]) {
      for (const id of decoder.items) {
        const known = this.#byItem.get(id)
        if (known === undefined) this.#byItem.set(id, [decoder])
        else known.push(decoder)
      }
    }
  }

  /** Every decoder that may know the item, the first choice first. */
  of(id: number): readonly Decoder[] {
    return this.#byItem.get(id) ?? []
  }

  /**
   * What the bytes of an item mean; null where no decoder knows them.
   * @throws SmemError EINVAL where its decoder cannot read them
   */
  dissect(bytes: Uint8Array, context: ItemContext): Decoding | null {
    for (const decoder of this.of(context.id)) {
      const item = new Dissection(bytes, context)
      if (decoder.accepts?.(item) ?? true) return dissect(decoder, item)
    }
    return null
  }
}
