// SPDX-License-Identifier: MIT
// What takes the room in the package, and how much of it there may be.

import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

/** A megabyte, packed: a board's flash and its line are small. */
export const limit = 1_000_000

const named = [
  ['the command (dist/cli.cjs)', /^dist\/cli\.cjs$/],
  ['the library (dist/**/*.js)', /^dist\/.*\.c?js$/],
  ['types (dist/**/*.d.ts)', /^dist\/.*\.d\.c?ts$/],
  ['binaries (prebuilds/)', /^prebuilds\//],
  ['C++ (native/, cmake/)', /^(native|cmake|CMakeLists)/],
  ['man page, completions', /^(man|completions)\//],
  ['README, licences, package.json ...', /^[^/]+$/],
]

/** `{ room, count, bytes, packed }[]`, largest first; `packed` is what gzip makes of the room alone. */
export function rooms(files) {
  const found = named.map(([room, pattern]) => {
    const paths = files.map(({ path }) => path).filter((path) => roomOf(path) === pattern)
    const contents = Buffer.concat(paths.map((path) => readFileSync(path)))
    const packed = gzipSync(contents, { level: 9 }).length
    return { room, count: paths.length, bytes: contents.length, packed }
  })
  return found.sort((a, b) => b.packed - a.packed)
}

/** The first that fits; a file of no room is a mistake of the package, and an error. */
function roomOf(path) {
  const found = named.find(([, pattern]) => pattern.test(path))
  if (found === undefined) throw new Error(`${path} should not be in the package`)
  return found[1]
}
