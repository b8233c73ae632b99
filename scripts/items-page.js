// SPDX-License-Identifier: MIT
// Puts the table of decoders into docs/items.md, between its two marks, made of what was built: the registry in
// dist and the golden items in build. `--check` only compares. The words around the table are written by hand.

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const page = fileURLToPath(new URL('../docs/items.md', import.meta.url))
const built = (path) => import(new URL(`../${path}`, import.meta.url).href)
const marks = {
  start: '<!-- decoders: made by scripts/items-page.js -->',
  end: '<!-- end of decoders -->',
}

/** The page as it should be. */
export async function generatePage() {
  const text = readFileSync(page, 'utf8')
  const [before, rest] = text.split(`${marks.start}\n`)
  const [, after] = rest.split(marks.end)
  return `${before}${marks.start}\n\n${await table()}\n\n${marks.end}${after}`
}

async function table() {
  const { builtinDecoders } = await built('dist/items/registry.js')
  const { itemName } = await built('dist/data/item-names.js')
  // By their first item, so that people find them.
  const sorted = builtinDecoders.toSorted((a, b) => Math.min(...a.items) - Math.min(...b.items))
  const rows = await Promise.all(sorted.map((decoder) => row(decoder, itemName)))
  return [
    '| decoder | items | tells | knows | source | tests |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

async function row({ name, items, summary, layout, source, accepts }, itemName) {
  const { golden } = await built(`build/ts/test/items/golden/${name}.js`)
  const knows = accepts === undefined ? layout : `${layout}; where the bytes look like it`
  const proof = `[${golden.length} golden](../test/items/golden/${name}.ts), property, fuzz`
  const cells = [`\`${name}\``, itemRuns(items, itemName), summary, knows, source, proof]
  return `| ${cells.join(' | ')} |`
}

/** `14-77 SMD_BASE_ID`: ids in a row that have one name are told at once. */
function itemRuns(items, itemName) {
  const runs = []
  for (const id of items.toSorted((a, b) => a - b)) {
    const name = itemName(id)
      .replace(/^SMEM_/, '')
      .replace(/\+\d+$/, '')
    const last = runs.at(-1)
    if (last?.name === name && last.to === id - 1) last.to = id
    else runs.push({ from: id, to: id, name })
  }
  return runs
    .map(({ from, to, name }) => `${from === to ? from : `${from}-${to}`} ${name}`)
    .join(', ')
}

async function main() {
  const wanted = await generatePage()
  if (readFileSync(page, 'utf8') === wanted) return
  if (process.argv.includes('--check')) {
    console.error(`${page} is not what the decoders say: run node scripts/items-page.js`)
    process.exitCode = 1
  } else writeFileSync(page, wanted)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
