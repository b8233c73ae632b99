// SPDX-License-Identifier: MIT
// Calls `npm pack`, which says what it packed as JSON, behind whatever the scripts it runs have said.

import { spawnSync } from 'node:child_process'

/**
 * Into `folder`; where npm has refused, and said why, the process ends.
 * @returns `{ name, size, unpackedSize, files: { path, size }[] }`
 */
export function pack(folder, ...options) {
  const args = ['pack', '--json', '--pack-destination', folder, ...options]
  const stdio = ['ignore', 'pipe', 'inherit']
  const { status, stdout } = spawnSync('npm', args, { encoding: 'utf8', stdio })
  if (status !== 0) process.exit(1)
  const [{ filename, size, unpackedSize, files }] = JSON.parse(stdout.slice(stdout.search(/^\[/m)))
  return { name: filename, size, unpackedSize, files }
}
