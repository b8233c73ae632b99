// SPDX-License-Identifier: MIT
// The commands and options that the pages name in their text are those of the program, and the way in names them all.

import assert from 'node:assert/strict'
import { commands } from '#lib/cli/commands.js'
import { runCli } from '../cli/terminal.js'
import { exemptionsOf } from './exempt.js'
import { blocks, pages, prose, read, section } from './pages.js'
import { shellWords } from './shell-words.js'
import { stepsOf } from './transcript.js'

const names = commands.map(({ usage }) => usage.split(' ')[0]!)

/** Commands of ours in running text, and those for a board that no test runs, as their words behind the program's name. */
function named(page: string): string[][] {
  const inText = [...prose(page).matchAll(/`(?:sudo )?qcom-smem ([^`]+)`/g)]
  const notRun = blocks(page)
    .flatMap(stepsOf)
    .filter(
      ({ command }) => /^(?:ssh|qcom-smem) /.test(command) && exemptionsOf(command).length > 0,
    )
    .flatMap(({ command }) => [...command.matchAll(/\b(?:cli\.cjs|qcom-smem) ([^&|>]+)/g)])
  return [...inText, ...notRun].map(([, line]) =>
    shellWords(line!.replace(/\s+/g, ' ')).map(({ text }) => text),
  )
}

/** Whether it is one of ours, or a placeholder such as `COMMAND`. */
const isCommand = (word: string) =>
  [...names, ...commands.flatMap(({ alias }) => alias ?? [])].includes(word) ||
  /^\[?[A-Z.…]+\]?$/.test(word)

describe('the commands of the pages', () => {
  let options = new Set<string>()
  before(async () => {
    const helps = [[], ...names.map((name) => [name])]
    const texts = await Promise.all(helps.map((args) => runCli([...args, '--help'])))
    const all = texts.flatMap(({ out }) => [...out.matchAll(/(?<![\w-])--?[a-z][a-z-]*/g)])
    options = new Set(all.map(([option]) => option))
  })

  for (const page of pages.filter((each) => named(each).length > 0)) {
    it(`are there where ${page} names them`, () => {
      for (const words of named(page)) {
        const [first] = words.filter(
          (word, i) => !/^-/.test(word) && !/^--[a-z-]+$/.test(words[i - 1] ?? ''),
        )
        assert.ok(first === undefined || isCommand(first), `qcom-smem ${words.join(' ')}`)
      }
    })

    it(`have the options that ${page} gives them`, () => {
      const used = named(page).flatMap((words) => words.filter((word) => /^--?[a-z]/.test(word)))
      assert.deepEqual(
        used.map((word) => word.split('=')[0]!).filter((word) => !options.has(word)),
        [],
      )
    })
  }

  it('name the package as npm pack does', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string }
    const tarballs = pages.flatMap((page) => [...read(page).matchAll(/qcom-smem-\d[\w.-]*\.tgz/g)])
    assert.deepEqual([...new Set(tarballs.map(([name]) => name))], [`qcom-smem-${version}.tgz`])
  })

  it('are all in the README', () => {
    const listed = [...section('README.md', 'Commands').matchAll(/`([a-z]+)`/g)]
    assert.deepEqual(listed.map(([, name]) => name).toSorted(), names.toSorted())
  })
})
