// SPDX-License-Identifier: MIT
// What the host sees of smp2p and smsm in the RAM file while the guest waits, read without the library.

import type { RamFile } from './boot.js'
import type { Image } from './image.js'
import { CARVE_OUT, IPC_REGISTERS } from './machine.js'
import { type Smp2p, smp2pAt } from './smp2p.js'
import { find } from './talk.js'
import { IPC_OFFSET, SMP2P } from './tree.js'

export interface Look {
  /** The items of the kernel, by edge. */
  readonly sent: ReadonlyMap<string, Smp2p>
  readonly states: readonly number[]
  readonly masks: readonly number[]
  readonly kick: number
  readonly carveOut: Buffer
}

export function lookAt(memory: RamFile, image: Image): Look {
  const words = (id: number) => {
    const { address, size } = find(image, id)
    const bytes = memory.read({ base: address, size })
    return Array.from({ length: size / 4 }, (_, i) => bytes.readUInt32LE(i * 4))
  }
  return {
    sent: new Map(
      SMP2P.map(({ name, send }) => [name, smp2pAt(memory, find(image, send).address)]),
    ),
    states: words(85),
    masks: words(333),
    kick: lastKick(memory),
    carveOut: memory.read(CARVE_OUT),
  }
}

/** What the kernel has written last to the register that interrupts the others. */
function lastKick(memory: RamFile): number {
  return memory.read({ base: IPC_REGISTERS.base + IPC_OFFSET, size: 4 }).readUInt32LE()
}
