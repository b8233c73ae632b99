// SPDX-License-Identifier: MIT
// The manual page as the programs that show such pages find it.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { commands } from '#lib/cli/commands.js'
import { root } from '../docs/pages.js'

const page = join(root, 'man/qcom-smem.1')

function run(command: string, ...args: string[]) {
  const env = { ...process.env, MANWIDTH: '80', MANPAGER: 'cat', LANG: 'C.UTF-8' }
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env })
  return { status, stdout, stderr }
}

describe('the manual page', () => {
  it('has nothing that mandoc would change', () => {
    assert.deepEqual(run('mandoc', '-T', 'lint', page), { status: 0, stdout: '', stderr: '' })
  })

  for (const [command, ...args] of [
    ['mandoc', '-T', 'utf8', page],
    ['man', '--warnings=w', '-l', page],
    ['groff', '-man', '-ww', '-T', 'utf8', page],
  ] as const) {
    it(`is shown by ${command} without a warning, whole`, () => {
      const { status, stdout, stderr } = run(command, ...args)
      assert.deepEqual([status, stderr], [0, ''])
      // biome-ignore lint/suspicious/noControlCharactersInRegex: bold is told by them
      const text = stdout.replace(/.\x08|\x1b\[[\d;]*m/g, '')
      for (const { usage } of commands) {
        assert.match(text, new RegExp(`^ {3}${usage.split(' ')[0]}\\b`, 'm'))
      }
      assert.match(text, /^ENVIRONMENT$/m)
      assert.match(text, /qcom-smem alloc 429 340 --host modem --write/)
    })
  }
})
