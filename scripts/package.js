// SPDX-License-Identifier: MIT
// The packed package: makes it in build/package, says what takes the room, and fails where it is too large. `--check`,
// before anything is packed, only looks whether dist/ is what lib/ is compiled to.

import { mkdirSync, rmSync } from 'node:fs'
import { complaints } from './package/dist.js'
import { pack } from './package/pack.js'
import { limit, rooms } from './package/rooms.js'

if (process.argv.includes('--check')) {
  const wrong = complaints('.')
  for (const complaint of wrong) console.error(complaint)
  if (wrong.length > 0)
    console.error('package: nothing is packed like this: npm run clean, npm run build')
  process.exitCode = wrong.length > 0 ? 1 : 0
} else {
  const folder = 'build/package'
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const { name, size, unpackedSize, files } = pack(folder)
  const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(11)
  for (const { room, count, bytes, packed } of rooms(files)) {
    console.log(`${room.padEnd(36)}${String(count).padStart(4)}${kB(bytes)}${kB(packed)}`)
  }
  console.log(
    `${name}: ${files.length} files, ${kB(unpackedSize).trim()}, ${kB(size).trim()} packed`,
  )
  if (size >= limit) {
    console.error(`package: it may not have more than ${limit} bytes`)
    process.exitCode = 1
  }
}
