// SPDX-License-Identifier: MIT
// A memory with a private partition so long that the kernel, which walks all of it before it allocates
// there, holds the mutex long enough to be seen. On an ordinary one that is a few microseconds.

import { Partition, writeHeapInfo, writeTable } from './heap.js'
import type { Image } from './image.js'
import { blank, version12 } from './image.js'

const SIZE = 0x9000000
const CROWD = 31
const ROOM = 0x1000

export function crowded(): Image {
  const carveOut = blank(0x000c0001, SIZE)
  const global = new Partition(carveOut, 0x80000, 0x40000, [Partition.GLOBAL, Partition.GLOBAL], 64)
  const modem = new Partition(carveOut, 0x100000, SIZE - 0x200000, [0, 1], 32)
  modem.crowd(CROWD, ROOM)
  writeHeapInfo(carveOut, 0x4000, 0x80000)
  const partitions = [global, modem]
  writeTable(carveOut, partitions, null)
  return {
    ...version12(),
    carveOut,
    placed: [],
    allocated: [],
    partitions,
    global,
    itemCount: 512,
  }
}
