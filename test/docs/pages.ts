// SPDX-License-Identifier: MIT
// The documentation as text: its pages, the fenced blocks and the tables in them.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The top of the checkout; this file runs as build/ts/test/docs/pages.js. */
export const root = join(import.meta.dirname, '../../../..')

/** Files below `folder` of the checkout, as paths from its top. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
}

/** Every page that people read, as a path from the top. */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  ...filesBelow('docs').filter((file) => file.endsWith('.md')),
]

/** What leads on to others, and is run by tests of its own. */
export const furtherPages: readonly string[] = ['examples', 'bench', '.github']
  .flatMap(filesBelow)
  .filter((file) => file.endsWith('.md') && !file.includes('node_modules'))

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

export interface Block {
  /** What stands behind the opening fence: `js runnable`. */
  readonly info: string
  readonly text: string
}

export function blocks(page: string): Block[] {
  return [...read(page).matchAll(/^```([^\n]*)\n(.*?)^```$/gms)].map(([, info, text]) => ({
    info: info!,
    text: text!,
  }))
}

/** The page without its fenced blocks. */
export function prose(page: string): string {
  return read(page).replace(/^```.*?^```$/gms, '')
}

/** The text from a heading up to the next heading of level 2. */
export function section(page: string, heading: string): string {
  const [, text] = read(page).split(`\n## ${heading}\n`)
  if (text === undefined) throw new Error(`${page} has no section "${heading}"`)
  return text.split('\n## ')[0]!
}

/** The body cells of each table in a text, without their back-ticks. */
export function tables(text: string): string[][][] {
  return [...text.matchAll(/(?:^\|.*\|$\n?)+/gm)].map(([table]) =>
    table
      .trim()
      .split('\n')
      .slice(2)
      .map((row) =>
        row
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.replaceAll('`', '').trim()),
      ),
  )
}
