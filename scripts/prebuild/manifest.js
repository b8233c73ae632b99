// SPDX-License-Identifier: MIT
// prebuilds/manifest.json says what the binaries were made of and what came out, so that a package with a missing, an
// altered or an outdated binary is never packed. `check` gives every reason, not only the first.

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { complaints, readNeeds } from './elf.js'
import { fileOf, targets } from './targets.js'

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

/** All that decides what the compiler makes, but for the compiler: sources, build files, the headers' versions. */
export function hashSources(root) {
  const files = ['native', 'native/musl', 'cmake']
    .flatMap((folder) => {
      const entries = readdirSync(join(root, folder), { withFileTypes: true })
      return entries.filter((entry) => entry.isFile()).map(({ name }) => `${folder}/${name}`)
    })
    .concat('CMakeLists.txt')
    .sort()
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const hash = createHash('sha256')
  for (const name of ['node-addon-api', 'node-api-headers']) {
    hash.update(`${name} ${devDependencies[name]}\n`)
  }
  for (const file of files) hash.update(`${file} ${sha256(readFileSync(join(root, file)))}\n`)
  return hash.digest('hex')
}

/** Writes the manifest of `folder`, which holds a binary of every target. */
export function writeManifest(root, folder) {
  const files = targets.map((target) => {
    const path = join(folder, fileOf(target))
    const { versions } = readNeeds(path)
    const { size } = statSync(path)
    return [fileOf(target), { sha256: sha256(readFileSync(path)), size, floor: versions }]
  })
  const manifest = { sources: hashSources(root), files: Object.fromEntries(files) }
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** Why the binaries of this checkout may not be packed; empty where they may. */
export function check(root) {
  const folder = join(root, 'prebuilds')
  let manifest
  try {
    manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  } catch {
    return ['prebuilds/manifest.json is missing: there are no prebuilt binaries']
  }
  const stale =
    manifest.sources === hashSources(root)
      ? []
      : ['prebuilds/ is stale: native/, cmake/, CMakeLists.txt or the headers have changed since']
  return [...stale, ...targets.flatMap((target) => checkFile(folder, manifest, target))]
}

function checkFile(folder, manifest, target) {
  const path = join(folder, fileOf(target))
  if (!existsSync(path)) return [`prebuilds/${fileOf(target)} is missing`]
  const altered = manifest.files?.[fileOf(target)]?.sha256 !== sha256(readFileSync(path))
  return [
    ...(altered ? ['is not the file that was built and tested'] : []),
    ...complaints(readNeeds(path), target),
  ].map((complaint) => `prebuilds/${fileOf(target)} ${complaint}`)
}
