// SPDX-License-Identifier: MIT
// Every fenced block of every page is done as a reader would do it, page by page in order, and what comes of it
// is compared with what the page shows. What cannot be run is in a table with its reason (exempt.ts).

import assert from 'node:assert/strict'
import { Exit } from '#lib/cli/exit.js'
import { exempt, exemptionsOf } from './exempt.js'
import { Laboratory, type Ran } from './laboratory.js'
import { cues } from './neighbours.js'
import { blocks, pages } from './pages.js'
import { isShown, type Step, stepsOf, tidy } from './transcript.js'

/** Kinds of blocks that show commands. */
const commands = ['console', 'sh']

/** Kinds of blocks that show what something looks like, and ask for nothing to be done. */
const pictures = ['', 'text', 'json', 'jsonc', 'yaml', 'dts', 'mermaid']

/** Kinds that another test sees to. */
const elsewhere: Readonly<Record<string, string>> = {
  'docs/items.md js decoder': 'test/docs/items.test.ts',
  'CONTRIBUTING.md ts': 'test/docs/contributing.test.ts',
  'CONTRIBUTING.md cpp': 'test/docs/contributing.test.ts',
}

const FILE = /^js file=(\S+)$/

function isKnown(page: string, info: string): boolean {
  const executed = [...commands, 'js runnable', 'text output'].includes(info) || FILE.test(info)
  return executed || pictures.includes(info) || `${page} ${info}` in elsewhere
}

const every = pages.flatMap((page) => blocks(page).flatMap(stepsOf))

/** Where a server listens, which is another place each time. */
const anywhere = (text: string) => text.replace(/http:\/\/[\w.]+:\d+\//g, 'http://ADDRESS/')

function assertShown(shown: string, printed: string): void {
  if (!isShown(anywhere(shown), anywhere(printed))) {
    assert.equal(tidy(printed), tidy(shown), 'the page shows something else')
  }
}

/** Findings and differences are no failure; what else is, the page says: `# exit code 3`, or by the error it shows. */
function assertDone({ command, comment, shown }: Step, { code, printed }: Ran): void {
  const [, told] = /exit code (\d)/.exec(comment) ?? []
  const refused = /^qcom-smem: [A-Z0-9]+: /m
  if (told !== undefined) assert.equal(code, Number(told), printed)
  else if (shown === null || !refused.test(shown)) {
    assert.doesNotMatch(printed, refused, command)
    const fine: number[] = command.includes(' --until ') ? [Exit.OK] : [Exit.OK, Exit.FINDINGS]
    assert.ok(fine.includes(code), `exit code ${code}\n${printed}`)
  }
  assert.ok(code >= 0 && code !== Exit.BUG, printed)
}

for (const page of pages) {
  const all = blocks(page)
  if (all.length === 0) continue

  describe(`what ${page} shows`, () => {
    let laboratory: Laboratory
    /** What the last program in JavaScript printed. */
    let output: string | null = null
    before(() => {
      laboratory = new Laboratory()
    })
    after(() => laboratory.close())

    it('is of kinds that are known', () => {
      const kinds = new Set(all.map(({ info }) => info))
      assert.deepEqual(
        [...kinds].filter((info) => !isKnown(page, info)),
        [],
      )
    })

    for (const [index, block] of all.entries()) {
      const { info, text } = block
      const [, file] = FILE.exec(info) ?? []
      const [first] = text
        .split('\n')
        .filter((line) => line !== '' && !/^(?:import|\/\/)/.test(line))

      if (info === 'console') {
        it(`begins with a prompt: ${first}`, () => assert.ok(text.startsWith('$ ')))
      }

      for (const step of stepsOf(block)) {
        const { command, shown } = step
        if (exemptionsOf(command).length > 0) continue
        it(`is so: ${command}`, async () => {
          assert.ok(Laboratory.knows(command), 'no program that is run here, and not exempt')
          const ran = await laboratory.run(command)
          assertDone(step, ran)
          if (shown !== null) assertShown(shown, ran.printed)
        })
      }

      if (file !== undefined) {
        it(`is used: ${file}`, () => {
          assert.ok(all.some((other) => other !== block && other.text.includes(file)))
          laboratory.write(file, text)
        })
      } else if (info === 'js runnable') {
        it(`runs: ${first}`, () => {
          const { code, printed } = laboratory.runScript(`snippet-${index}.mjs`, text)
          output = printed
          assert.equal(code, 0, printed)
        })
      } else if (info === 'text output') {
        it(`is what it prints: ${first}`, () => {
          assert.equal(all[index - 1]!.info, 'js runnable')
          assertShown(text, output!)
        })
      }
    }
  })
}

describe('the exceptions of the pages', () => {
  for (const row of exempt) {
    it(`are still needed: ${row.starts}`, () => {
      assert.ok(every.some(({ command }) => command.startsWith(row.starts)))
    })
  }

  it('have one reason each', () => {
    const twice = every.filter(({ command }) => exemptionsOf(command).length > 1)
    assert.deepEqual(twice, [])
  })

  for (const { command } of cues) {
    it(`are cues that a page gives: ${command}`, () => {
      assert.ok(every.some((step) => step.command.replace(/^sudo /, '') === command))
    })
  }
})
