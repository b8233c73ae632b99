// SPDX-License-Identifier: MIT
// What a binary needs of the machine that loads it, as readelf tells it: the processor, the libraries, and of each set
// of versioned symbols (GLIBC, GLIBCXX, CXXABI) the highest version.

import { spawnSync } from 'node:child_process'

/** `{ machine, needed, versions }`; `machine` is null where the file is no ELF file. */
export function readNeeds(path) {
  const { stdout, error } = spawnSync('readelf', ['-hdVW', path], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
  })
  if (error) throw new Error('readelf is missing: apt-get install binutils')
  const machine = /^ *Machine: +(.+)$/m.exec(stdout)?.[1] ?? null
  const needed = [...stdout.matchAll(/\(NEEDED\).*\[(.+)\]/g)].map(([, name]) => name)
  const versions = {}
  for (const [, set, version] of stdout.matchAll(/Name: (\w+?)_([\d.]+) /g)) {
    if (compare(version, versions[set] ?? '0') > 0) versions[set] = version
  }
  return { machine, needed, versions }
}

/** Why a machine that has Node for this target may be unable to load it; nothing where all is well. */
export function complaints({ machine, needed, versions }, target) {
  if (machine !== target.machine) return [`is for ${machine ?? 'nothing'}, not ${target.machine}`]
  const strange = needed.filter((name) => !target.libraries.includes(name))
  const high = Object.entries(versions).filter(
    ([set, version]) => compare(version, target.floor[set] ?? '0') > 0,
  )
  return [
    ...strange.map((name) => `needs the library ${name}, which Node does not bring along`),
    ...high.map(([set, version]) => {
      const most = target.floor[set]
      return `needs ${set}_${version}; ${most ? `boards have ${most}` : 'no board must have it'}`
    }),
  ]
}

/** Of dotted numbers: below, at or above 0. */
function compare(a, b) {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number))
  const at = left.findIndex((part, i) => part !== (right[i] ?? 0))
  return at < 0 ? left.length - right.length : left[at] - (right[at] ?? 0)
}
