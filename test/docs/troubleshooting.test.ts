// SPDX-License-Identifier: MIT
// docs/troubleshooting.md leaves nothing out: every code of an error and every exit code is there, and what it says
// that messages have, they have. Its examples are run with those of the other pages.

import assert from 'node:assert/strict'
import { constants } from 'node:os'
import { Exit, exitCode } from '#lib/cli/exit.js'
import { type ErrorCode, SmemError } from '#lib/errors.js'
import { filesBelow, read, section, tables } from './pages.js'

const page = 'docs/troubleshooting.md'
const sources = ['lib', 'native']
  .flatMap(filesBelow)
  .filter((file) => /\.(ts|cc)$/.test(file))
  .map(read)
/** The codes of `ErrorCode`, as its declaration has them. */
const [, declared] = /export type ErrorCode =\n((?: {2}\| '\w+'\n)+)/.exec(read('lib/errors.ts'))!
const codes = [...declared!.matchAll(/'(\w+)'/g)].map(([, code]) => code as ErrorCode)

/** Of a link, its text. */
const plain = (cell: string) => cell.replace(/^\[(.*)\]\(.*\)$/, '$1')

/** Tables whose first column has this heading. */
const tablesOf = (heading: string) =>
  [...read(page).matchAll(/(?:^\|.*\|$\n?)+/gm)]
    .filter(([table]) => table.startsWith(`| ${heading} |`))
    .flatMap(([table]) => tables(table)[0]!)

describe(page, () => {
  it('has a section for each code, in the order of its table', () => {
    const headings = [...read(page).matchAll(/^## (E[A-Z]+)$/gm)].map(([, code]) => code)
    assert.ok(codes.length > 15)
    assert.deepEqual(headings, codes)
    assert.deepEqual(
      tablesOf('code').map(([code]) => plain(code!)),
      codes,
    )
  })

  it('shows what each code looks like, or tells what the message has', () => {
    const bare = codes.filter((code) => !/^(\| the message has|```)/m.test(section(page, code)))
    assert.deepEqual(bare, [])
  })

  it('has the exit code of each code', () => {
    for (const [code, , exit] of tablesOf('code')) {
      const error = new SmemError(plain(code!) as ErrorCode, '')
      assert.equal(Number(exit), exitCode(error), code)
    }
  })

  it('has every exit code, and the codes that lead to it', () => {
    const rows = tablesOf('exit code')
    assert.deepEqual(
      rows.map(([exit]) => Number(exit)),
      Object.values(Exit),
    )
    for (const code of codes) {
      const exit = exitCode(new SmemError(code, ''))
      if (exit !== Exit.FINDINGS) assert.ok(rows[exit]![2]!.includes(code), `${code} in ${exit}`)
    }
  })

  it('names every other code that the sources have', () => {
    const used = sources.flatMap((text) => text.match(/\bE[A-Z0-9]{2,}\b/g) ?? [])
    const others = [...new Set(used)].filter(
      (name) => Object.hasOwn(constants.errno, name) && !codes.includes(name as ErrorCode),
    )
    assert.ok(others.length > 5)
    const text = section(page, 'Codes of the operating system')
    assert.deepEqual(
      others.filter((name) => !text.includes(name)),
      [],
    )
  })

  it('quotes messages as they are', () => {
    const all = sources.join('\n').replace(/'\s*\+\s*'/g, '')
    const quoted = tablesOf('the message has').map(([message]) => message!)
    assert.ok(quoted.length > 50)
    const stale = quoted.filter((message) =>
      message
        .replace(/^cannot (?=open|read|map|run)/, '')
        .split('...')
        .map((part) => part.replace(/^:/, '').replace(/:$/, '').trim())
        .some((part) => !all.includes(part)),
    )
    assert.deepEqual(stale, [])
  })
})
