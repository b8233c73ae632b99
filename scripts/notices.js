// SPDX-License-Identifier: MIT
// Writes THIRD-PARTY-NOTICES: the licences of those whose code is in the package or comes with it. `--check` only says
// whether it is up to date.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { shippedPackages } from './package/shipped.js'

const file = 'THIRD-PARTY-NOTICES'

function licenseText(folder) {
  const name = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  return readFileSync(join(folder, name), 'utf8').replaceAll('\r', '').trim()
}

// Some have the very same text.
const byText = new Map()
for (const { name, version, license, folder } of shippedPackages('.')) {
  const text = licenseText(folder)
  byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`])
}
const sections = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`)
const notices = `qcom-smem has or uses code of the packages named here, under the licences that follow their names.

${sections.join(`\n${'-'.repeat(80)}\n\n`)}`

if (!process.argv.includes('--check')) writeFileSync(file, notices)
else if (readFileSync(file, 'utf8') !== notices) {
  console.error(`${file} is out of date: node scripts/notices.js`)
  process.exitCode = 1
}
