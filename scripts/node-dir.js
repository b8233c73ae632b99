// SPDX-License-Identifier: MIT
// Prints a folder with Node's own headers for `node-gyp --nodedir`, so that nothing is downloaded: the one
// this node was installed into, or a system folder. node-gyp needs common.gypi besides the headers.

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const folders = [
  process.config.variables.nodedir,
  process.config.variables.node_prefix,
  dirname(dirname(process.execPath)),
  '/usr',
  '/usr/local',
].filter((folder) => typeof folder === 'string' && folder !== '')

const problems = []
for (const folder of new Set(folders)) {
  const problem = problemWith(join(folder, 'include/node'))
  if (problem === null) {
    console.log(folder)
    process.exit(0)
  }
  problems.push(`  ${problem}`)
}
console.error(
  `no headers of Node ${process.versions.node} on this machine:\n${problems.join('\n')}`,
)
console.error(
  'install them (Debian: libnode-dev, or Node from its own archive), or build with cmake-js',
)
process.exit(1)

/** Why node-gyp cannot use this folder; null where it can. */
function problemWith(include) {
  for (const file of ['node_version.h', 'node_api.h', 'common.gypi']) {
    if (!existsSync(join(include, file))) return `${include} has no ${file}`
  }
  const major = /#define NODE_MAJOR_VERSION (\d+)/.exec(
    readFileSync(join(include, 'node_version.h'), 'utf8'),
  )?.[1]
  const wanted = process.versions.node.split('.')[0]
  return major === wanted ? null : `${include} is of Node ${major}`
}
