// SPDX-License-Identifier: MIT
// Whose code is in the package or comes along with it: what lib/ imports, which is in the one-file command or its page
// or is installed as a dependency, what that depends on, and the headers that the binaries are compiled from.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const headers = ['node-addon-api', 'node-api-headers']
const imported = /^(?:import|export|\}) ?(?:.* from )?'([^'.#][^']*)'/gm

/** `{ name, version, license, folder }[]`, by name. */
export function shippedPackages(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const found = new Map()
  const add = (name) => {
    const folder = `node_modules/${name}`
    if (found.has(name)) return
    const { version, license, dependencies = {} } = packages[folder]
    found.set(name, { name, version, license, folder: join(root, folder) })
    Object.keys(dependencies).forEach(add)
  }
  for (const name of [...importedBy(join(root, 'lib')), ...headers]) add(name)
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Packages that the sources in `folder` import; of `preact/hooks` that is `preact`. */
function importedBy(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => /\.c?tsx?$/.test(name))
  const names = files.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(imported)].map(([, what]) => what),
  )
  return names
    .filter((name) => !name.startsWith('node:') && !name.startsWith('qcom-smem'))
    .map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)[0])
}
