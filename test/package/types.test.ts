// SPDX-License-Identifier: MIT
// The types as a user's compiler sees them: from an ES module and from a CommonJS one, with nothing of our settings,
// and with the library's own declarations checked along.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')

const program = `
import { ItemId, Smem, type SmemError } from 'qcom-smem'
import { FakeSoc } from 'qcom-smem/testing'
const soc: FakeSoc = FakeSoc.create('sdm845')
const smem: Smem = Smem.open({ source: \`fake:\${soc.path}\` })
const value: unknown = smem.get(ItemId.HW_SW_BUILD_ID).decode()
export const code = (error: SmemError): string => error.code + String(value)
// @ts-expect-error no such option
Smem.open({ sauce: 'fake' })
`
// In the latter, the compiler makes require() calls of the imports.
const files = { 'as-module.mts': program, 'as-script.cts': program }

describe('the types', () => {
  // Inside the checkout, where the package finds itself by its name.
  const folder = join(root, 'build/types-of-a-user')
  before(() => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  })
  after(() => rmSync(folder, { recursive: true }))

  for (const [module, resolution] of [
    ['nodenext', 'nodenext'],
    ['preserve', 'bundler'],
  ] as const) {
    it(`hold in modules and in scripts, resolved as ${resolution} does`, function () {
      this.timeout(120_000)
      const options = [
        '--ignoreConfig',
        '--noEmit',
        '--strict',
        '--skipLibCheck',
        'false',
        '--target',
        'es2022',
      ]
      const how = ['--module', module, '--moduleResolution', resolution, '--types', 'node']
      const { status, stdout } = spawnSync(
        process.execPath,
        [tsc, ...options, ...how, ...Object.keys(files)],
        { cwd: folder, encoding: 'utf8' },
      )
      assert.deepEqual([status, stdout], [0, ''])
    })
  }
})
