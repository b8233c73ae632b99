// SPDX-License-Identifier: MIT
// Prints the bill of materials of the package, as CycloneDX JSON: npm's own, cut down to those whose code is in the
// package or comes with it. npm alone would leave out what is compiled into the command, its page and the binaries.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { shippedPackages } from './package/shipped.js'

const { name } = JSON.parse(readFileSync('package.json', 'utf8'))
const all = JSON.parse(
  execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
)
const root = all.metadata.component['bom-ref']
const shipped = shippedPackages('.').map((found) => `${found.name}@${found.version}`)
const kept = new Set([root, ...shipped])
const sbom = {
  ...all,
  // npm takes the name of the folder.
  metadata: { ...all.metadata, component: { ...all.metadata.component, name } },
  components: all.components
    .filter((component) => kept.has(component['bom-ref']))
    .map((component) => ({ ...component, scope: 'required', properties: [] })),
  dependencies: all.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((on) => kept.has(on)) })),
}
if (sbom.components.length !== shipped.length) throw new Error('npm sbom does not know them all')
console.log(JSON.stringify(sbom, null, 2))
