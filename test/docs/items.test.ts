// SPDX-License-Identifier: MIT
// docs/items.md: its table is what the decoders say, and the decoders that it shows work.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Decoder } from '#lib/items/decoder.js'
import { builtinDecoders } from '#lib/items/registry.js'
import { dissect } from '../items/decode.js'
import { written } from '../items/golden/golden.js'
import { blocks, read, root, section, tables } from './pages.js'

const page = 'docs/items.md'

describe(page, () => {
  it('is what scripts/items-page.js makes of the decoders', async () => {
    const script = pathToFileURL(join(root, 'scripts/items-page.js')).href
    const { generatePage } = (await import(script)) as { generatePage(): Promise<string> }
    assert.equal(read(page), await generatePage(), 'run node scripts/items-page.js')
  })

  it('has a row for each decoder', () => {
    const [rows] = tables(section(page, 'The decoders'))
    assert.deepEqual(
      rows!.map(([name]) => name).sort(),
      builtinDecoders.map(({ name }) => name).sort(),
    )
    for (const cells of rows!) assert.ok(cells.length === 6 && cells.every((cell) => cell !== ''))
  })

  describe('shows decoders that work:', () => {
    // A folder of the package: in there its own name leads to what was built.
    let folder = ''
    const shown: Decoder[] = []

    before(async () => {
      folder = mkdtempSync(join(root, 'build', 'items-page-'))
      const snippets = blocks(page).filter(({ info }) => info === 'js decoder')
      for (const [index, { text }] of snippets.entries()) {
        const file = join(folder, `${index}.mjs`)
        writeFileSync(file, text)
        shown.push(((await import(pathToFileURL(file).href)) as { default: Decoder }).default)
      }
    })
    after(() => rmSync(folder, { recursive: true }))

    it('one by its structure', () => {
      const bytes = written(32, [
        [0, 7],
        [4, 2],
        [8, 'devkit'],
        [26, 9, 2],
      ])
      assert.deepEqual(dissect(136, bytes, { own: shown })?.value, {
        project: 7,
        variant: 2,
        board: 'devkit',
        pins: [0, 9, 0, 0],
      })
    })

    it('one by its function', () => {
      const bytes = written(40, [
        [0, 'SLOT'],
        [4, 3],
        [8, 'first'],
        [20, 5],
        [24, 'second'],
        [36, 6],
      ])
      const found = dissect(134, bytes, { own: shown })
      assert.deepEqual(found?.value, {
        count: 3,
        slots: [
          { name: 'first', value: 5 },
          { name: 'second', value: 6 },
        ],
      })
      assert.deepEqual(found?.notes, ['3 slots are counted, and there is room for 2'])
      assert.equal(dissect(134, written(40, []), { own: shown }), null)
    })
  })
})
