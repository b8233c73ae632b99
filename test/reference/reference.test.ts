// SPDX-License-Identifier: MIT
// The reference is complete and true: every exported symbol is described and shown in use, and each example compiles,
// runs, ends by itself and prints what it says.
//
// The rule: modules, values, functions and classes have an example of their own. A method has one, or is used in one of its
// class or that the class leads to. A type has one, or a `@see` that leads to a symbol with one.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from '../docs/pages.js'
import { isShown as isPrinted } from '../docs/transcript.js'
import { nodeCommand } from '../node.js'
import { type Example, promised } from './example.js'
import { type Entry, makeReference, readReference } from './reference.js'

// A folder of the package: in there its own name leads to what was built.
const folder = join(root, 'build/reference')
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const trouble = makeReference()
const entries = trouble === '' ? readReference() : []
const byName = new Map(entries.map((entry) => [entry.name, entry]))
const examples = entries.flatMap(({ name, examples }) =>
  examples.map((code, i): Example => ({ name: i === 0 ? name : `${name} ${i + 1}`, code })),
)

const namesOf = (found: readonly Entry[]) => found.map(({ name }) => name)
const fileOf = ({ name }: Example) => `${name.replaceAll(/\W+/g, '-')}.ts`
const isShown = ({ examples }: Entry) => examples.length > 0

/** What `using` calls has no name of its own in a program. */
const isDispose = (member: string) => /^\[(async)?dispose\]$/i.test(member)

/** Whether an example of its class, of another member, or one that the class leads to, uses a member. */
function isUsed({ name }: Entry): boolean {
  const [owner, member] = name.split('.') as [string, string]
  const used = new RegExp(`\\b${member}\\b`)
  if (isDispose(member)) return true
  const near = entries.filter((entry) => entry.name.split('.')[0] === owner)
  const led = near.flatMap(({ see }) => see.flatMap((target) => byName.get(target) ?? []))
  return [...near, ...led].some(({ examples }) => examples.some((code) => used.test(code)))
}

const satisfied: Record<Entry['kind'], (entry: Entry) => boolean> = {
  value: isShown,
  member: (entry) => isShown(entry) || isUsed(entry) || leadsOn(entry),
  type: (entry) => isShown(entry) || leadsOn(entry),
}

function leadsOn({ see }: Entry): boolean {
  return see.some((name) => byName.has(name) && isShown(byName.get(name)!))
}

describe('the reference', () => {
  it('is made without a warning', () => {
    assert.equal(trouble, '')
    assert.ok(entries.length > 150, `only ${entries.length} symbols`)
  })

  it('has pages', () => {
    const page = readFileSync(join(root, 'build/docs/api/classes/qcom-smem.Smem.html'), 'utf8')
    assert.match(page, /HW_SW_BUILD_ID/)
  })

  it('describes every symbol', () => {
    assert.deepEqual(namesOf(entries.filter(({ documented }) => !documented)), [])
  })

  it('shows every symbol in use', () => {
    assert.deepEqual(namesOf(entries.filter((entry) => !satisfied[entry.kind](entry))), [])
  })

  it('uses in each example what it is an example of', () => {
    const elsewhere = entries.filter(({ kind, name, examples }) => {
      const used = new RegExp(`\\b${name.split('.').at(-1)}\\b`)
      return kind !== 'type' && !examples.every((code) => used.test(code))
    })
    assert.deepEqual(namesOf(elsewhere), [])
  })

  it('says in each example what it prints', () => {
    const silent = examples.filter(({ code }) => promised(code).length === 0)
    assert.deepEqual(
      silent.map(({ name }) => name),
      [],
    )
  })
})

describe('the examples of the reference', () => {
  before(function () {
    this.timeout(120_000)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    for (const example of examples) writeFileSync(join(folder, fileOf(example)), example.code)
    const options = { composite: false, declaration: false, sourceMap: false, rootDir: '.' }
    const config = { extends: '../../tsconfig.base.json', compilerOptions: options }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const compiled = spawnSync(process.execPath, [tsc, '-p', folder, '--noEmitOnError', 'false'], {
      encoding: 'utf8',
    })
    assert.equal(compiled.stdout, '')
  })

  for (const example of examples) {
    it(`hold: ${example.name}`, () => {
      const script = fileOf(example).replace(/ts$/, 'js')
      const [command, ...prefix] = nodeCommand()
      const ran = spawnSync(command, [...prefix, script], { cwd: folder, encoding: 'utf8' })
      assert.deepEqual([ran.status, ran.stderr], [0, ''], ran.stderr)
      const promise = promised(example.code).join('\n')
      if (!isPrinted(promise, ran.stdout)) assert.equal(ran.stdout, promise)
    })
  }
})

describe('a promise of an example', () => {
  it('stands behind the call, or below it', () => {
    const code =
      'console.log(1) // 1\nfor (;;) {\n  console.log(2)\n}\n// 2\n// 3\nrest() // none\n'
    assert.deepEqual(promised(code), ['1', '2', '3'])
  })
})
