// SPDX-License-Identifier: MIT
// Runs in the guest: reads ranges of the carve-out through the port, all in one process, and prints what
// it got. Arguments: base and size of the carve-out, then the ranges as OFFSET+LENGTH.

import { createHash } from 'node:crypto'
import { readBytes } from '#lib/port/copy.js'
import { openDevMem } from '#lib/port/devmem.js'

const [base, size, ...ranges] = process.argv.slice(2)
const port = openDevMem(Number(base), Number(size))
for (const range of ranges) {
  const [offset, length] = range.split('+').map(Number)
  const bytes = readBytes(port, offset ?? 0, length ?? 0)
  console.log(`${range} ${createHash('sha256').update(bytes).digest('hex')}`)
}
port.close()
