// SPDX-License-Identifier: MIT
// The papers of the command are what its tables say, and the tables say it of every command and every value.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Command } from '#lib/cli/command.js'
import { commands } from '#lib/cli/commands.js'
import { Exit } from '#lib/cli/exit.js'
import { globalOptions } from '#lib/cli/global-options.js'
import { manuals } from '#lib/cli/manual/commands.js'
import { exitCodes } from '#lib/cli/manual/surroundings.js'
import { values } from '#lib/cli/manual/values.js'
import { root } from './pages.js'

interface Paper {
  readonly path: string
  readonly is: string
  readonly wanted: string
}

const nameOf = ({ usage }: Command) => usage.split(' ')[0]!

describe('the papers of the command', () => {
  let papers: readonly Paper[] = []
  before(async () => {
    const script = pathToFileURL(join(root, 'scripts/papers.js')).href
    const { generatePapers } = (await import(script)) as {
      generatePapers(today: string): Promise<Paper[]>
    }
    papers = await generatePapers('2000-01-01')
  })

  it('are what scripts/papers.js makes', () => {
    assert.equal(papers.length, 5)
    for (const { path, is, wanted } of papers) assert.equal(is, wanted, `${path}: npm run papers`)
  })

  it('name every command and every option', () => {
    const names = commands.flatMap((command) => [nameOf(command), command.alias ?? nameOf(command)])
    const flags = [...globalOptions, ...commands.flatMap(({ options = [] }) => options)]
    const long = flags.map(({ flags }) => /--([a-z-]+)/.exec(flags)![1]!)
    for (const { path, wanted } of papers) {
      const text = wanted.replaceAll('\\-', '-')
      for (const name of [...names, ...long]) assert.ok(text.includes(name), `${path}: ${name}`)
    }
  })
})

describe('the manual', () => {
  it('speaks of each command, and of no other', () => {
    assert.deepEqual(Object.keys(manuals), commands.map(nameOf))
    for (const { about, examples } of Object.values(manuals)) {
      assert.ok(about.length > 0 && examples.length > 0)
      for (const { line } of examples) assert.match(line, /^qcom-smem /)
    }
  })

  it('says what each word in brackets stands for, and explains no other', () => {
    const flags = [...globalOptions, ...commands.flatMap(({ options = [] }) => options)]
    const texts = [...commands.map(({ usage }) => usage), ...flags.map(({ flags }) => flags)]
    const words = texts.flatMap((text) => [...text.matchAll(/[<[]([^>\].]+)/g)].map(([, w]) => w!))
    assert.deepEqual([...new Set(words)].sort(), Object.keys(values).sort())
  })

  it('has every exit code', () => {
    assert.deepEqual(
      exitCodes.map(([code]) => Number(code)),
      Object.values(Exit),
    )
  })
})
