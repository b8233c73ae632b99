// SPDX-License-Identifier: MIT
// The guest's root file system: busybox, the real drivers, a Node with its libraries, the project as it
// would be installed, and the steps of one boot.

import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Meeting, Step } from './boot.js'
import type { Cache } from './cache.js'
import { archive, type Files } from './newc.js'

/** Where the project is in the guest. */
export const INSTALLED = '/opt/qcom-smem'

/** What all boots have in common, as one archive. */
export function commonFiles(cache: Cache): Buffer {
  const files: Files = new Map()
  files.set('bin/busybox', { bytes: readFileSync(cache.busybox), program: true })
  files.set('bin/node', { bytes: readFileSync(cache.node), program: true })
  const config = { bytes: readFileSync(cache.kernelConfig), program: false }
  files.set(`boot/config-${cache.kernelRelease}`, config)
  for (const library of cache.libraries) {
    files.set(`lib/${basename(library)}`, { bytes: readFileSync(library), program: true })
  }
  for (const [name, path] of cache.modules) {
    const bytes = execFileSync('xz', ['-dc', path], { maxBuffer: 1 << 24 })
    files.set(`drivers/${name}.ko`, { bytes, program: false })
  }
  return archive(files)
}

/** Files of this machine: path in the guest without its slash -> path here. Folders with all in them. */
export function copied(paths: Record<string, string>): Files {
  const files: Files = new Map()
  const add = (to: string, from: string) => {
    const about = statSync(from)
    if (about.isDirectory())
      for (const name of readdirSync(from)) add(`${to}/${name}`, join(from, name))
    else files.set(to, { bytes: readFileSync(from), program: (about.mode & 0o100) !== 0 })
  }
  for (const [to, from] of Object.entries(paths)) add(to, from)
  return files
}

/** The steps as the script that the guest's first process runs. */
export function job(steps: readonly (Step | Meeting)[]): Files {
  const lines = steps.map((step) =>
    typeof step === 'function' ? 'meet' : `step ${step.name} ${quoted(step.command)}`,
  )
  const bytes = Buffer.from(`${lines.join('\n')}\n`)
  return new Map([['job', { bytes, program: false }]])
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** The archives one after the other: later files win. */
export function writeInitramfs(path: string, common: Buffer, ...more: Files[]): string {
  writeFileSync(path, Buffer.concat([common, ...more.map(archive)]))
  return path
}
