// SPDX-License-Identifier: MIT
// The tables of facts: generated TypeScript says what its JSON says, and names are found in it.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chipFamilyName } from '#lib/data/chip-families.js'
import { imageName } from '#lib/data/images.js'
import { partName } from '#lib/data/parts.js'
import { platformName } from '#lib/data/platforms.js'
import { pmicName } from '#lib/data/pmics.js'
import { firmwareSocName, socName } from '#lib/data/soc-ids.js'

const folder = 'lib/data/tables'

interface Row {
  id: number
  name: string
}

function json(table: string) {
  return JSON.parse(readFileSync(`${folder}/${table}.json`, 'utf8')) as {
    source: string
    rows: Row[]
  }
}

describe('the generated tables', () => {
  it('are what scripts/tables.js makes of the JSON', async () => {
    const script = pathToFileURL('scripts/tables.js').href
    const { generateTables } = (await import(script)) as {
      generateTables(): Map<string, string>
    }
    const tables = generateTables()
    assert.ok(tables.size >= 6)
    for (const [path, wanted] of tables) {
      assert.equal(readFileSync(path, 'utf8'), wanted, `${basename(path)}: run npm run tables`)
    }
  })

  for (const table of ['chip-families', 'images', 'parts', 'platforms', 'pmics', 'soc-ids']) {
    it(`have the rows of ${table} by rising id, each once, and their source`, () => {
      const { source, rows } = json(table)
      assert.match(source, /(Linux|EDK2) /)
      for (const [index, { id }] of rows.entries()) {
        assert.ok(index === 0 || id > rows[index - 1]!.id, `id ${id} of ${table}`)
      }
    })
  }
})

describe('names by number', () => {
  const tables: [string, (id: number) => string | null, number][] = [
    ['chip-families', chipFamilyName, 167],
    ['images', imageName, 40],
    ['parts', partName, 20],
    ['platforms', platformName, 52],
    ['pmics', pmicName, 62],
  ]
  for (const [table, nameOf, count] of tables) {
    it(`${table}: every row is found, and nothing else`, () => {
      const { rows } = json(table)
      assert.equal(rows.length, count)
      for (const { id, name } of rows) assert.equal(nameOf(id), name)
      assert.equal(nameOf(60_000), null)
    })
  }

  it('know both numberings of the power management chips', () => {
    assert.equal(pmicName(13), 'PM8909/PM8058')
    assert.equal(pmicName(25), 'PM8917/PM8937')
  })

  it('take a model from the low half of its word', () => {
    assert.equal(pmicName(0x0002_0014), 'PM8998/PM8015')
  })

  it('prefer the name that Linux has for a SoC, and tell the firmware’s where it differs', () => {
    assert.equal(socName(321), 'SDM845')
    assert.equal(firmwareSocName(321), null)
    assert.equal(socName(457), 'SM8450')
    assert.equal(firmwareSocName(457), 'SM_WAIPIO')
    assert.equal(socName(1), 'MDM1000')
    assert.equal(firmwareSocName(1), 'MDM1000')
    assert.equal(socName(65_535), null)
  })
})
