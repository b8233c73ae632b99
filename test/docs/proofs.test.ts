// SPDX-License-Identifier: MIT
// The pages about what proves it name the runs as they are: every part that the models leave out, and the files of the
// virtual board.

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { read, root, section, tables } from './pages.js'

const names = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name!))].sort()
const told = (heading: string) =>
  names(
    section('docs/model.md', heading)
      .match(/^\|.*$/gm)!
      .join('\n'),
    /`([A-Z_]{4,})`/g,
  )

describe('docs/model.md', () => {
  it('has each part that the models of order leave out', () => {
    const runs = names(read('test/model/order/main.cc'), /[{,]\s*"([A-Z_]{4,})"/g)
    assert.ok(runs.length > 15)
    assert.deepEqual(told('Order: `test/model/order`'), runs)
  })

  it('has each part that the model of death leaves out', () => {
    const rows = read('test/model/death/rows.txt').replace(/^#.*$/gm, '')
    assert.deepEqual(told('Death: `test/model/death`'), names(rows, /\b([A-Z_]{4,})\b/g))
  })
})

describe('docs/virtual-board.md', () => {
  it('names files that are there', () => {
    const [rows] = tables(section('docs/virtual-board.md', 'How it works'))
    const files = rows!.flatMap(([cell]) => cell!.split(', '))
    assert.ok(files.length > 30)
    assert.deepEqual(
      files.filter((file) => !existsSync(join(root, 'test/board', file))),
      [],
    )
  })
})
