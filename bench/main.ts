// SPDX-License-Identifier: MIT
// `npm run bench`: everything side by side in one run, as one table. `--json` for machines; `--write` writes the page;
// `--suite NAME`, once or more, measures less; `--from FILE` shows what an earlier run said with --json.

import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { facts as factLines } from '#lib/cli/render/columns.js'
import { styleFor } from '#lib/cli/render/style.js'
import { thorough } from './effort.js'
import { facts } from './machine.js'
import { page } from './page.js'
import { project } from './rivals/rivals.js'
import { type Report, run } from './run.js'
import { chapters, growths } from './suites.js'
import { table } from './table.js'

const names = [...chapters, ...growths].map(({ name }) => name)
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    suite: { type: 'string', multiple: true, default: names },
    from: { type: 'string' },
  },
})
const unknown = values.suite.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`no suite ${unknown.join(', ')}; there are: ${names.join(', ')}`)
  process.exit(2)
}

const live = process.stderr.isTTY
const report: Report =
  values.from === undefined
    ? await run({
        effort: thorough,
        wanted: (name) => values.suite.includes(name),
        tell({ name, against }) {
          if (live) process.stderr.write(`\r\x1b[K${name} / ${against} ...`)
        },
      })
    : JSON.parse(readFileSync(values.from, 'utf8'))
if (live) process.stderr.write('\r\x1b[K')

if (values.write) {
  const { text, pictures } = page(report)
  writeFileSync(`${project}bench/README.md`, text)
  for (const [file, picture] of pictures) writeFileSync(`${project}bench/${file}`, picture)
}
console.log(values.json ? JSON.stringify(report, null, 2) : shown(report))

function shown({ machine, rounds, chapters, growths }: Report): string {
  const style = styleFor(process.stdout.isTTY === true, process.env)
  const grown = growths.flatMap(({ sizes, by }) =>
    sizes.flatMap(({ size, results }) =>
      results.map((result) => ({ ...result, name: `${result.name}; ${by}: ${size}` })),
    ),
  )
  const results = [...chapters.flatMap(({ results }) => results), ...grown]
  return [
    factLines(facts(machine), style),
    `${rounds} rounds in turns, fewer of what takes long; RATIO is the median of their ratios\n`,
    table(results, style),
  ].join('\n')
}
