// SPDX-License-Identifier: MIT
// Makes the TypeScript of lib/data/tables from the JSON beside it. `--check` only compares. The JSON is what people
// edit; the TypeScript is what programs load, with types, and in pieces: names apart from what is rarely looked up.

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = new URL('../lib/data/tables/', import.meta.url)

/** Each file that is made: of which tables, and how. */
const outputs = {
  'boards.ts': { of: ['boards'], write: boards },
  'chip-families.ts': { of: ['chip-families'], write: names('chipFamilyNames') },
  'hosts.ts': { of: ['hosts'], write: hosts },
  'images.ts': { of: ['images'], write: names('imageNames') },
  'item-aliases.ts': { of: ['item-aliases'], write: itemAliases },
  'item-facts.ts': { of: ['items', 'item-aliases', 'item-conflicts'], write: itemFacts },
  'item-ids.ts': { of: ['items'], write: itemIds },
  'items.ts': { of: ['items'], write: itemRows },
  'parts.ts': { of: ['parts'], write: names('partNames') },
  'platforms.ts': { of: ['platforms'], write: names('platformNames') },
  'pmics.ts': { of: ['pmics'], write: names('pmicNames') },
  'soc-ids.ts': { of: ['soc-ids'], write: socIds },
}

/** Every generated file by its path, made of the JSON as it stands. */
export function generateTables() {
  return new Map(
    Object.entries(outputs).map(([file, { of, write }]) => {
      const tables = of.map(readTable)
      const lines = [...heading(of, tables[0].source), '', ...write(...tables)]
      return [fileURLToPath(new URL(file, folder)), `${lines.join('\n')}\n`]
    }),
  )
}

function readTable(table) {
  return JSON.parse(readFileSync(new URL(`${table}.json`, folder), 'utf8'))
}

function heading(of, source) {
  const inputs = of.map((table) => `${table}.json`).join(', ')
  return [
    '// SPDX-License-Identifier: MIT',
    ...wrap(
      `Generated from ${inputs} by scripts/tables.js: edit that, then run \`npm run tables\`.`,
      '//',
    ),
    ...wrap(`Source: ${source}.`, '//'),
  ]
}

/** A table of names by number. */
function names(constant) {
  return ({ rows }) => namesIn(constant, rows, 'name')
}

function socIds({ rows }) {
  return [
    ...namesIn('linuxSocNames', rows, 'linux'),
    '',
    '/** Only where Linux has no name, or another. */',
    ...namesIn('firmwareSocNames', rows, 'firmware'),
  ]
}

function namesIn(constant, rows, key) {
  return [
    `export const ${constant}: Readonly<Record<number, string>> = {`,
    ...rows.filter((row) => row[key]).map((row) => `  ${row.id}: ${literal(row[key])},`),
    '}',
  ]
}

function itemRows({ rows }) {
  return [
    'export type ItemRow =',
    '  | readonly [id: number, name: string]',
    '  | readonly [id: number, name: string, index: number, count: number]',
    '',
    '/** By id. A run is a range of ids that share a name and are told apart by an index. */',
    'export const itemRows: readonly ItemRow[] = [',
    ...rows.map(({ id, name, index, count }) =>
      count === undefined
        ? `  [${id}, ${literal(name)}],`
        : `  [${id}, ${literal(name)}, ${index}, ${count}],`,
    ),
    ']',
  ]
}

function itemIds({ rows, lists }) {
  const named = rows.filter(({ index }) => index === undefined || index === 0)
  return [
    ...shown("Item ids by their name without index: a run's name is its first id.", [
      "import { ItemId, itemName } from 'qcom-smem'",
      '',
      'console.log(ItemId.HW_SW_BUILD_ID, itemName(ItemId.SMP2P_MODEM_BASE + 2))',
      '// 137 SMEM_SMP2P_MODEM_BASE+2',
    ]),
    'export const ItemId = {',
    ...named.flatMap(({ id, name, count, holds, in: list }) => [
      ...docComment(`${idText(id, count)}: ${holds.replace('#', 'n')}. Source: ${lists[list]}.`),
      `  ${name}: ${id},`,
    ]),
    '} as const',
  ]
}

function idText(id, count) {
  return count === undefined ? `Item ${id}` : `Items ${id} to ${id + count - 1}`
}

function itemAliases({ rows }) {
  return [
    '/** Other names; with a count, of as many ids from the first, told apart by an index from 0. */',
    'export const itemAliases: readonly (readonly [id: number, name: string, count?: number])[] = [',
    ...rows.map(({ id, name, count }) =>
      count === undefined
        ? `  [${id}, ${literal(name)}],`
        : `  [${id}, ${literal(name)}, ${count}],`,
    ),
    ']',
  ]
}

function itemFacts(items, aliases, conflicts) {
  return [
    "import type { AliasRow, ConflictRow, ItemFactRow } from '../item-rows.js'",
    '',
    '/** The lists of items in which a name stands, by what items.json calls them. */',
    ...constant('itemLists', 'Readonly<Record<string, string>>', items.lists),
    '',
    ...rowsIn('itemFactRows', 'ItemFactRow', items.rows, ['id', 'kind', 'holds', 'in']),
    '',
    ...rowsIn('itemAliasRows', 'AliasRow', aliases.rows),
    '',
    ...rowsIn('itemConflictRows', 'ConflictRow', conflicts.rows),
  ]
}

function hosts({ rows }) {
  const known = rows.filter(({ name }) => name !== undefined)
  return [
    ...shown('Host ids: the processors of a SoC.', [
      "import { Host } from 'qcom-smem'",
      '',
      'console.log(Host.APPS, Host.MODEM) // 0 1',
    ]),
    'export const Host = {',
    ...known.flatMap(({ id, name, what }) => [
      ...docComment(`Host ${id}: ${what}.`),
      `  ${name}: ${id},`,
    ]),
    '} as const',
    '',
    '/**',
    ' * The id of a processor that is known.',
    ' * @see {@link hostName}',
    ' */',
    'export type Host = (typeof Host)[keyof typeof Host]',
    '',
    '/** Ids that mean no single processor. */',
    ...namesIn('specialHostNames', rows, 'special'),
    '',
    '/** Other names of the same processors. */',
    'export const hostAliases: Readonly<Record<string, number>> = {',
    ...rows.flatMap(({ id, aliases = [] }) => aliases.map((alias) => `  ${key(alias)}: ${id},`)),
    '}',
  ]
}

function boards({ rows, heaps }) {
  return [
    "import type { BoardRow } from '../board-rows.js'",
    '',
    '/** What tells the version of a heap in advance. */',
    ...constant('heapBases', 'Readonly<Record<string, string>>', heaps),
    '',
    ...rowsIn('boardRows', 'BoardRow', rows),
  ]
}

function rowsIn(constant, type, rows, keys) {
  return [
    `export const ${constant}: readonly ${type}[] = [`,
    ...rows.map(
      (row) => `  ${literal(keys ? Object.fromEntries(keys.map((k) => [k, row[k]])) : row)},`,
    ),
    ']',
  ]
}

function constant(name, type, value) {
  return [
    `export const ${name}: ${type} = {`,
    ...Object.entries(value).map(([k, v]) => `  ${key(k)}: ${literal(v)},`),
    '}',
  ]
}

/** A value of JSON as a literal of TypeScript, in this project's style; JSON has hexadecimal numbers as strings. */
function literal(value) {
  if (typeof value === 'string') {
    if (/^0x[0-9a-f]+$/.test(value)) return value
    const json = JSON.stringify(value)
    return value.includes("'") ? json : `'${json.slice(1, -1).replaceAll('\\"', '"')}'`
  }
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (value === null || typeof value !== 'object') return String(value)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return `{ ${members.map(([k, member]) => `${key(k)}: ${literal(member)}`).join(', ')} }`
}

function key(name) {
  return /^[a-z_]\w*$/i.test(name) ? name : literal(name)
}

function docComment(sentence) {
  const line = `  /** ${sentence} */`
  return line.length <= 100 ? [line] : ['  /**', ...wrap(sentence, '   *'), '   */']
}

/** A sentence and an example, for something that the package exports. */
function shown(sentence, example) {
  const lines = [sentence, '@example', '```ts', ...example, '```']
  return ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */']
}

function wrap(sentence, margin) {
  const lines = [margin]
  for (const word of sentence.split(' ')) {
    if (lines.at(-1).length + 1 + word.length > 100) lines.push(margin)
    lines.push(`${lines.pop()} ${word}`)
  }
  return lines
}

function main() {
  const check = process.argv.includes('--check')
  const stale = [...generateTables()].filter(([path, wanted]) => read(path) !== wanted)
  for (const [path, wanted] of stale) {
    if (check) console.error(`${path} is not what its JSON says: run npm run tables`)
    else writeFileSync(path, wanted)
  }
  if (check && stale.length > 0) process.exitCode = 1
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
