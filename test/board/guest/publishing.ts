// SPDX-License-Identifier: MIT
// Runs in the guest: allocates an item and fills it. Arguments: id, the bytes in hex, and `cached` or
// `uncached`. Prints its place.

import { Smem } from '#lib/index.js'

const [id, hex = '', side] = process.argv.slice(2)
const bytes = Buffer.from(hex, 'hex')
const smem = Smem.open({ writable: true })
const item = smem.alloc(Number(id), bytes.length, { cached: side === 'cached', zero: true })
item.write(bytes)
const { cached, size, address } = item
console.log(JSON.stringify({ cached, size, address }))
smem.close()
