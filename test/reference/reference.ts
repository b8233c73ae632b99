// SPDX-License-Identifier: MIT
// The reference as `npm run docs` makes it: every symbol that the package exports, with what its doc comment says.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from '../docs/pages.js'

/** A symbol of the reference. */
export interface Entry {
  /** As people call it: `Smem.get`, `qcom-smem/testing`. */
  readonly name: string
  /** A module counts as a value. */
  readonly kind: 'value' | 'type' | 'member'
  readonly documented: boolean
  /** Its examples, as TypeScript. */
  readonly examples: readonly string[]
  /** What it sends readers to with `@see`, by the name of that. */
  readonly see: readonly string[]
}

interface Part {
  readonly kind: string
  readonly text: string
  readonly target?: number | object
}

interface Comment {
  readonly summary: readonly Part[]
  readonly blockTags?: readonly { readonly tag: string; readonly content: readonly Part[] }[]
}

/** As typedoc writes it; what is not used here is left out. */
interface Reflection {
  readonly id: number
  readonly name: string
  readonly kind: number
  readonly comment?: Comment
  readonly children?: readonly Reflection[]
  readonly signatures?: readonly Reflection[]
  readonly getSignature?: Reflection
  readonly inheritedFrom?: object
}

/** Numbers that typedoc gives to kinds of symbols. */
const Kind = {
  CLASS: 128,
  INTERFACE: 256,
  METHOD: 2048,
  ACCESSOR: 262144,
  ALIAS: 2097152,
}
const holders = new Set([Kind.CLASS, Kind.INTERFACE])
const kinds: Readonly<Record<number, Entry['kind']>> = {
  [Kind.METHOD]: 'member',
  [Kind.ACCESSOR]: 'member',
  [Kind.INTERFACE]: 'type',
  [Kind.ALIAS]: 'type',
}

/** Runs typedoc, whose warnings are errors. @returns what it complains about; empty where all is well */
export function makeReference(): string {
  const typedoc = join(createRequire(import.meta.url).resolve('typedoc'), '../../bin/typedoc')
  const { status, stdout, stderr } = spawnSync(process.execPath, [typedoc], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  return status === 0 ? '' : `${stdout}${stderr}` || `exit code ${status}`
}

/** Every module, what it exports, and every method and accessor of those that have them. */
export function readReference(): Entry[] {
  const project = JSON.parse(readFileSync(join(root, 'build/docs/api.json'), 'utf8')) as Reflection
  const modules = project.children!
  const exported = modules.flatMap(({ children = [] }) => children)
  const all = [
    ...modules.map((symbol) => ({ symbol, name: symbol.name })),
    ...exported.flatMap((symbol) => [
      { symbol, name: symbol.name },
      ...membersOf(symbol).map((member) => ({
        symbol: member,
        name: `${symbol.name}.${member.name}`,
      })),
    ]),
  ]
  const names = new Map(all.map(({ symbol, name }) => [symbol.id, name]))
  return all.map(({ symbol, name }) => entryOf(symbol, name, names))
}

function membersOf({ kind, children = [] }: Reflection): readonly Reflection[] {
  if (!holders.has(kind)) return []
  return children.filter(
    (child) => kinds[child.kind] === 'member' && child.inheritedFrom === undefined,
  )
}

function entryOf(symbol: Reflection, name: string, names: ReadonlyMap<number, string>): Entry {
  const comments = [symbol, symbol.getSignature, ...(symbol.signatures ?? [])].flatMap(
    (part) => part?.comment ?? [],
  )
  const tagged = (tag: string) =>
    comments.flatMap(({ blockTags = [] }) =>
      blockTags.filter((block) => block.tag === tag).flatMap(({ content }) => content),
    )
  return {
    name,
    kind: kinds[symbol.kind] ?? 'value',
    documented: comments.some(({ summary }) => summary.some(({ text }) => text.trim() !== '')),
    examples: tagged('@example').flatMap(({ kind, text }) => (kind === 'code' ? codeOf(text) : [])),
    see: tagged('@see').flatMap(({ target }) =>
      typeof target === 'number' ? (names.get(target) ?? []) : [],
    ),
  }
}

function codeOf(fenced: string): string[] {
  const [, code] = /^```ts\n(.*)\n```$/s.exec(fenced) ?? []
  return code === undefined ? [] : [`${code}\n`]
}
