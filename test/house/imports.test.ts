// SPDX-License-Identifier: MIT
// The arrows of the house point one way. A room may use the rooms below it, its own files, and `data` and
// `errors`, which use nothing.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'

const lib = join(import.meta.dirname, '../../../../lib')

/** From the bottom; rooms of one floor do not know each other. */
const floors = [
  ['native'],
  ['port'],
  ['layout'],
  ['heap', 'items', 'lock'],
  ['board', 'dump', 'testing'],
  ['source'],
  ['smem'],
  ['inspect'],
  ['cli', 'index', 'page'],
]

/** Type-only arrows within a floor: a profile of the fake, and a dump, say which board they pretend to be, or are of. */
const sideways = new Set(['testing -> board', 'dump -> board'])

/** Who runs in a browser, and knows only the types of the data that it is given. */
const guests = new Set(['page'])

const free = new Set(['data', 'errors'])

/** `smem.ts` and `item.ts` are one room: the objects that users hold. */
function roomOf(file: string): string {
  const [first] = relative(lib, file).split('/') as [string]
  return first === 'item.ts' ? 'smem' : first.replace(/\.ts$/, '')
}

function floorOf(room: string): number {
  return floors.findIndex((rooms) => rooms.includes(room))
}

interface Arrow {
  readonly file: string
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

const files = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => join(lib, name))

const arrows = files.flatMap((file): Arrow[] =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /^(?:import|export)\s+(type\s)?[^'"]*?from '(\.[^']*)'/gms,
    ),
  ].map(([, type, target]) => ({
    file: relative(lib, file),
    from: roomOf(file),
    to: roomOf(normalize(join(dirname(file), target!.replace(/\.js$/, '.ts')))),
    typeOnly: type !== undefined,
  })),
)

function allowed({ from, to, typeOnly }: Arrow): boolean {
  if (from === to) return true
  if (guests.has(from)) return typeOnly
  if (free.has(to)) return true
  if (typeOnly && sideways.has(`${from} -> ${to}`)) return true
  return !free.has(from) && floorOf(to) < floorOf(from)
}

/** Examples in doc comments do not count: they belong to the reference, and are tested there. */
function ownLines(text: string): number {
  return text.replaceAll(/^ *\* @example\n.*?^ *\* ```\n/gms, '').split('\n').length
}

describe('the house', () => {
  it('has a floor for every room', () => {
    const homeless = files.map(roomOf).filter((room) => !free.has(room) && floorOf(room) < 0)
    assert.deepEqual(homeless, [])
  })

  it('has arrows that all point down', () => {
    assert.ok(arrows.length > 100, `only ${arrows.length} imports were found`)
    assert.deepEqual(
      arrows.filter((arrow) => !allowed(arrow)).map(({ file, to }) => `${file} -> ${to}`),
      [],
    )
  })

  it('would notice an arrow that points up or sideways', () => {
    const arrow = { file: '', typeOnly: false }
    assert.equal(allowed({ ...arrow, from: 'heap', to: 'smem' }), false)
    assert.equal(allowed({ ...arrow, from: 'lock', to: 'heap' }), false)
    assert.equal(allowed({ ...arrow, from: 'data', to: 'port' }), false)
    assert.equal(allowed({ ...arrow, from: 'testing', to: 'board' }), false)
    assert.equal(allowed({ ...arrow, from: 'inspect', to: 'page' }), false)
  })

  it('would notice a page that has code of the program in it', () => {
    const arrow = { file: '', from: 'page', to: 'inspect' }
    assert.equal(allowed({ ...arrow, typeOnly: true }), true)
    assert.equal(allowed({ ...arrow, typeOnly: false }), false)
    assert.equal(allowed({ ...arrow, to: 'errors', typeOnly: false }), false)
  })

  it('keeps every source file short, licensed and introduced', () => {
    for (const file of files) {
      const text = readFileSync(file, 'utf8')
      const name = relative(lib, file)
      assert.ok(
        text.startsWith('// SPDX-License-Identifier: MIT\n// '),
        `${name} has no opening lines`,
      )
      const isTable = name.startsWith('data/')
      assert.ok(isTable || ownLines(text) <= 400, `${name} is longer than 400 lines`)
    }
  })
})
