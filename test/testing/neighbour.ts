// SPDX-License-Identifier: MIT
// Another processor, in a process of its own: attaches to the fake SoC that its argument names (a path, or the
// number of an inherited descriptor), tells what it sees at an address, and answers one word further on.

import { FakeSoc } from '#lib/testing/fake-soc.js'

const [target = '', address = ''] = process.argv.slice(2)
using soc = FakeSoc.attach(/^\d+$/.test(target) ? Number(target) : target)
const offset = Number(address) - soc.regions[0].port.base
const seen = soc.regions[0].port.read32(offset)
soc.patch32(Number(address) + 4, (seen ^ 0xffffffff) >>> 0)
soc.hwlock.tryLock(2)

const { profile, board, path } = soc
const regions = soc.regions.map(({ kind, port }) => ({ kind, base: port.base, size: port.size }))
process.stdout.write(JSON.stringify({ seen, profile, board, regions, path, pid: process.pid }))
