// SPDX-License-Identifier: MIT
// Makes the TypeScript of lib/data/tables from the JSON beside it, one file from each. `--check` only compares.
// The JSON is what people edit; the TypeScript is what programs load, with types and without reading a file.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = new URL('../lib/data/tables/', import.meta.url)

/** What each file exports, made of its records. */
const writers = {
  'chip-families': names('chipFamilyNames'),
  images: names('imageNames'),
  parts: names('partNames'),
  platforms: names('platformNames'),
  pmics: names('pmicNames'),
  'soc-ids': ({ rows }) => [
    ...record('linuxSocNames', rows, 'linux'),
    '',
    '/** Only where Linux has no name, or another. */',
    ...record('firmwareSocNames', rows, 'firmware'),
  ],
}

/** Every generated file by its path, made of the JSON as it stands. */
export function generateTables() {
  const tables = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
  return new Map(
    tables.map((table) => [fileURLToPath(new URL(`${table}.ts`, folder)), text(table)]),
  )
}

function text(table) {
  const json = JSON.parse(readFileSync(new URL(`${table}.json`, folder), 'utf8'))
  const lines = [
    '// SPDX-License-Identifier: MIT',
    `// Generated from ${table}.json by scripts/tables.js: edit that file, then run \`npm run tables\`.`,
    ...wrap(`Source: ${json.source}.`, '// '),
    '',
    ...writers[table](json),
  ]
  return `${lines.join('\n')}\n`
}

/** A table of names by number. */
function names(constant) {
  return ({ rows }) => record(constant, rows, 'name')
}

function record(constant, rows, key) {
  const named = rows.filter((row) => row[key] !== undefined)
  return [
    `export const ${constant}: Readonly<Record<number, string>> = {`,
    ...named.map((row) => `  ${row.id}: ${quoted(row[key])},`),
    '}',
  ]
}

/** As a literal of TypeScript, in this project's style. */
function quoted(value) {
  const json = JSON.stringify(value)
  return value.includes("'") ? json : `'${json.slice(1, -1).replaceAll('\\"', '"')}'`
}

function wrap(sentence, margin) {
  const lines = []
  let line = margin.trimEnd()
  for (const word of sentence.split(' ')) {
    if (line.length + 1 + word.length > 100) {
      lines.push(line)
      line = margin.trimEnd()
    }
    line += ` ${word}`
  }
  return [...lines, line]
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
