// SPDX-License-Identifier: MIT
// One of several processes that allocate at once: ids of its own, in the partition of host 1. `ready 1` comes before
// each round, when the partition was emptied: what was walked before is forgotten, and what a first allocation checks
// is checked.
//
// usage: contender.js FILE ... FIRST_ID

import { Smem } from '#lib/smem.js'
import { answer, terrainOf } from './answer.js'

/** As in peer.c. */
const NEW_SIZE = 40
const options = { host: 1 }

const { path, firstId } = terrainOf(process.argv.slice(2))
const open = () => Smem.open({ source: `fake:${path}`, writable: true })
let smem = open()

await answer({
  ready: () => {
    smem.close()
    smem = open()
    return smem.alloc(firstId, NEW_SIZE, options).size
  },
  take: (count) => {
    let sum = 0
    for (let i = 1; i <= count; i++) sum += smem.alloc(firstId + i, NEW_SIZE, options).size
    return sum
  },
})
smem.close()
