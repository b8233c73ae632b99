// SPDX-License-Identifier: MIT
// The release checklist. Goes through it from the top, ends at the first point that is not met, and leaves in
// build/release what is to be published. It tags and publishes nothing: the last lines say how. With `--draft` it goes
// through what can hold before the day: neither a clean tree nor the gate is asked for.

import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pack } from './package/pack.js'
import { succeeds, told } from './release/call.js'
import { isReleased } from './release/changelog.js'

const folder = 'build/release'
const isDraft = process.argv.includes('--draft')
const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'))
const made = (suffix) => join(folder, `${name}-${version}${suffix}`)

/** What is asked for, whether a draft has to meet it, and the answer. */
const checklist = [
  ['nothing is uncommitted', false, () => told('git', 'status', '--porcelain') === ''],
  ['the version is new', true, () => told('git', 'tag', '--list', `v${version}`) === ''],
  [
    'lib/cli/version.ts has it',
    true,
    () => readFileSync('lib/cli/version.ts', 'utf8').includes(`version = '${version}'`),
  ],
  [
    'CHANGELOG.md has its section, with a date, and nothing is unreleased',
    false,
    () => isReleased(readFileSync('CHANGELOG.md', 'utf8'), version),
  ],
  ['dist/ is built from nothing', true, () => fresh() && succeeds('npm', 'run', 'build')],
  ['the binaries are built', true, () => succeeds('npm', 'run', 'prebuild')],
  ['the man page and the completions are up to date', true, () => upToDate('papers')],
  ['the tables are up to date', true, () => upToDate('tables')],
  ['the licences are up to date', true, () => succeeds('node', 'scripts/notices.js', '--check')],
  ['the gate is green', false, () => succeeds('sh', '.ci/run')],
  ['the package is packed', true, () => pack(folder).files.length > 0],
  ['publint agrees', true, () => succeeds('npx', 'publint', '--strict', made('.tgz'))],
  ['attw agrees', true, () => succeeds('npx', 'attw', made('.tgz'))],
  ['there is a bill of materials', true, () => writeSbom()],
  ['there are checksums', true, () => writeSums()],
]

function fresh() {
  rmSync('dist', { recursive: true, force: true })
  return true
}

const upToDate = (script) => succeeds('npm', 'run', script, '--', '--check')

function writeSbom() {
  writeFileSync(made('.cdx.json'), told('node', 'scripts/sbom.js'))
  return true
}

function writeSums() {
  const lines = ['.tgz', '.cdx.json'].map((suffix) => {
    const hash = createHash('sha256')
      .update(readFileSync(made(suffix)))
      .digest('hex')
    return `${hash}  ${name}-${version}${suffix}\n`
  })
  writeFileSync(join(folder, 'SHA256SUMS'), lines.join(''))
  return true
}

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const [point, draft, holds] of checklist) {
  if (isDraft && !draft) {
    console.log(`      ${point}: not for a draft`)
    continue
  }
  if (!holds()) {
    console.log(`NOT   ${point}`)
    process.exit(1)
  }
  console.log(`ok    ${point}`)
}
if (isDraft) console.log(`${folder} has a draft: not to be published`)
else {
  console.log(`
${folder} is ready. What is left to do:
  git tag -s v${version} -m 'qcom-smem ${version}' && git push origin v${version}
  npm publish ${made('.tgz')}
  attach ${made('.cdx.json')} and ${join(folder, 'SHA256SUMS')} to the release`)
}
