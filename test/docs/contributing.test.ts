// SPDX-License-Identifier: MIT
// CONTRIBUTING.md speaks of the project as it is: its rooms, its scripts, and code that it calls good.

import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { blocks, prose, read, root } from './pages.js'

const page = 'CONTRIBUTING.md'
const code = blocks(page).filter(({ info }) => ['ts', 'cpp'].includes(info))
const indented = (text: string) => text.split('\n').map((line) => line.trim())

describe(page, () => {
  it('has every room of the house in its layout, and nothing that is not there', () => {
    const [layout] = blocks(page).filter(({ text }) => text.startsWith('native/'))
    const rooms = readdirSync(join(root, 'lib'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `lib/${name}`)
    assert.deepEqual(
      rooms.filter((room) => !new RegExp(`${room}\\b`).test(layout!.text)),
      [],
    )
    const folders = [...layout!.text.matchAll(/^[\w/]+(?=\/? )/gm)].map(([folder]) => folder)
    assert.deepEqual(
      folders.filter((folder) => !existsSync(join(root, folder))),
      [],
    )
  })

  it('names scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = [...prose(page).matchAll(/`npm (?:run )?([\w:]+)/g)].map(([, name]) => name!)
    assert.ok(named.length > 8)
    assert.deepEqual(
      named.filter((name) => !Object.hasOwn(scripts, name)),
      [],
    )
  })

  it('has a bad way for each good one', () => {
    for (const { text } of code) assert.match(text, /^\/\/ Bad[:\n].*\n\n\/\/ Good, /s)
  })

  for (const { text } of code) {
    const [, file, good] = /^\/\/ Good, ([\w/.-]+\w)(?::[^\n]*)?\n(.*)$/ms.exec(text)!
    it(`calls code good that is in ${file}: ${good!.split('\n')[0]}`, () => {
      const there = indented(read(file!)).join('\n')
      const shown = indented(good!.trimEnd()).join('\n')
      assert.ok(there.includes(shown), shown)
    })
  }
})
