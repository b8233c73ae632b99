// SPDX-License-Identifier: MIT
// The listing as somebody with the mmap-io package would write it: one mapping, and the methods of a Buffer.
//
// usage: mmap-io.js PACKAGE FILE SIZE MAIN_END AUX_POSITION AUX_BASE AUX_SIZE ...

import { openSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { answer, terrainOf } from './answer.js'
import { contents, partitions } from './buffer-listing.js'

interface MmapIo {
  readonly PROT_READ: number
  readonly MAP_SHARED: number
  map(size: number, protection: number, flags: number, fd: number): Buffer
}

const [, started, folder, ...place] = process.argv
if (started === fileURLToPath(import.meta.url)) {
  const mmap: MmapIo = createRequire(import.meta.url)(folder!)
  const terrain = terrainOf(place)
  const fd = openSync(terrain.path, 'r')
  const memory = mmap.map(terrain.size, mmap.PROT_READ, mmap.MAP_SHARED, fd)
  const summed = (list: () => readonly { size: number }[]) => (count: number) => {
    let sum = 0
    for (let i = 0; i < count; i++) {
      for (const { size } of list()) sum += size
    }
    return sum
  }
  await answer({
    list: summed(() => contents(memory, terrain)),
    all: summed(() => partitions(memory, terrain.mainEnd)),
  })
}
