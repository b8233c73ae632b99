// SPDX-License-Identifier: MIT
// What the maintainers ask of people: the forms for issues, and SECURITY.md, ask for what there is.

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { commands } from '#lib/cli/commands.js'
import { defaultProfile, profileNames } from '#lib/testing/profiles.js'
import { filesBelow, read, root } from './pages.js'

const forms = filesBelow('.github')
const known = commands.flatMap(({ usage, alias }) => [usage.split(' ')[0], alias])

describe('the forms for issues', () => {
  for (const form of [...forms, 'SECURITY.md']) {
    it(`${form} asks for commands and pages that there are`, () => {
      const text = read(form)
      const asked = [...text.matchAll(/`(?:sudo )?qcom-smem (\w+)/g)].map(([, name]) => name)
      const named = [...text.matchAll(/\b(?:docs\/[\w/-]+|[A-Z]{5,})\.md\b/g)].map(([path]) => path)
      assert.deepEqual(
        asked.filter((name) => !known.includes(name)),
        [],
      )
      assert.deepEqual(
        named.filter((path) => !existsSync(join(root, path))),
        [],
      )
    })
  }

  it('name the SoCs that can be faked', () => {
    const [, told] = /\(`--source fake`, (.*)\)/.exec(read('.github/ISSUE_TEMPLATE/bug.yml'))!
    assert.deepEqual(
      [...told!.matchAll(/`fake:(\w+)`/g)].map(([, name]) => name),
      profileNames.filter((name) => name !== defaultProfile),
    )
  })
})
