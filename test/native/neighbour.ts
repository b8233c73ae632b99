// SPDX-License-Identifier: MIT
// Another process on the same memory: adds 1 to the word at 8. Its argument is a descriptor number that it
// inherited, or a path.

import { openSync } from 'node:fs'
import { native } from './memory.js'

const where = process.argv[2] ?? ''
const fd = /^\d+$/.test(where) ? Number(where) : openSync(where, 'r+')
const memory = native.map(fd, 0, 8192, true)
memory.write32(8, memory.read32(8) + 1)
memory.close()
