// SPDX-License-Identifier: MIT
// Makes what is written about the command out of its tables in dist (so build first): the reference in docs/cli.md, the
// manual page, and the completions of the shells. `--check` only compares.

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bashCompletion } from './papers/bash.js'
import { readCommandLine } from './papers/command-line.js'
import { fishCompletion } from './papers/fish.js'
import { manPage } from './papers/man.js'
import { referencePage } from './papers/reference.js'
import { zshCompletion } from './papers/zsh.js'

/** Each paper by its path from the top, and who writes it. */
const papers = {
  'docs/cli.md': referencePage,
  'man/qcom-smem.1': manPage,
  'completions/qcom-smem.bash': bashCompletion,
  'completions/qcom-smem.zsh': zshCompletion,
  'completions/qcom-smem.fish': fishCompletion,
}

/**
 * The papers as they should be. Where a paper has a date, it is that of its last change.
 * @param today as `2026-01-31`
 */
export async function generatePapers(today) {
  const line = await readCommandLine()
  return Object.entries(papers).map(([path, write]) => {
    const file = fileURLToPath(new URL(`../${path}`, import.meta.url))
    const is = read(file)
    const since = /^\.TH \S+ \S+ (\S+)/m.exec(is)?.[1] ?? today
    const same = write(line, since)
    return { path, file, is, wanted: same === is ? is : write(line, today) }
  })
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

async function main() {
  const made = await generatePapers(new Date().toISOString().slice(0, 10))
  const stale = made.filter(({ is, wanted }) => is !== wanted)
  for (const { path, file, wanted } of stale) {
    if (process.argv.includes('--check')) {
      console.error(`${path} is not what the commands say: run npm run papers`)
      process.exitCode = 1
    } else writeFileSync(file, wanted)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
