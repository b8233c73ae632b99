// SPDX-License-Identifier: MIT
// Runs in the guest: kernel and library allocate in turn. Argument: the folder of a driver in sysfs, then for
// each turn DEVICE:ID:SIZE:HOST. The kernel allocates when the device is bound to the driver; the item is
// ours. Prints the places of our items.

import { writeFileSync } from 'node:fs'
import { Smem } from '#lib/index.js'

const [driver, ...turns] = process.argv.slice(2)
const smem = Smem.open({ writable: true })
const places = turns.map((turn) => {
  const [device = '', ...numbers] = turn.split(':')
  const [id = 0, size = 0, host = 0] = numbers.map(Number)
  writeFileSync(`${driver}/bind`, device)
  const item = smem.alloc(id, size, { host })
  return { id: item.id, host: item.host, size: item.size, address: item.address }
})
smem.close()
console.log(JSON.stringify(places))
