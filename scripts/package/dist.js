// SPDX-License-Identifier: MIT
// Whether dist/ is what lib/ compiles to, no more and no less: the compiler leaves behind what has no source, and
// a package would carry it along.

import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** One sentence for each reason why `root`/dist should not be packed; none where all is well. */
export function complaints(root) {
  const dist = join(root, 'dist')
  const cli = join(dist, 'cli.cjs')
  if (!existsSync(cli)) return ['dist/cli.cjs is missing: nothing has been built']
  const orphans = filesIn(dist).filter(
    (path) =>
      !made.test(path) && !sourcesOf(path).some((name) => existsSync(join(root, 'lib', name))),
  )
  const built = statSync(cli).mtimeMs
  const newer = filesIn(join(root, 'lib')).filter(
    (path) => statSync(join(root, 'lib', path)).mtimeMs > built,
  )
  return [
    ...orphans.map((path) => `dist/${path} has no source`),
    ...newer.map((path) => `lib/${path} is newer than what is built`),
  ]
}

/** By the bundler, and the compiler's own notes. */
const made = /^(cli\.cjs|page\/page\.(js|css)|\.tsbuildinfo)$/

const sourcesOf = (path) =>
  ['.ts', '.cts'].map((suffix) => path.replace(/(\.d)?\.c?[jt]s(\.map)?$/, suffix))

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
