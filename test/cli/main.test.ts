// SPDX-License-Identifier: MIT
// The program as a process: its streams, a reader that goes away, and a machine without the native module.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildImage } from '#lib/testing/image.js'
import { v12 } from '../heap/images.js'
import { nodeCommand } from '../node.js'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const programs = { modules: join(root, 'dist/cli/main.js'), bundle: join(root, 'dist/cli.cjs') }

function start(program: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const [command, ...prefix] = nodeCommand()
  return spawnSync(command, [...prefix, program, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
}

describe('the program', () => {
  for (const [form, program] of Object.entries(programs)) {
    it(`prints data on stdout, talk on stderr, and exits with its code, as ${form}`, () => {
      const listed = start(program, ['--source', 'fake', 'list', '--json'])
      assert.deepEqual([listed.status, listed.stderr], [0, ''])
      assert.equal(JSON.parse(listed.stdout).schema, 'qcom-smem/list@1')
      const missing = start(program, ['--source', 'fake', 'show', '300'])
      assert.deepEqual([missing.status, missing.stdout], [3, ''])
      assert.match(missing.stderr, /^qcom-smem: ENOENT: /)
    })
  }

  it('ends in peace when its reader goes away', () => {
    const [command, ...prefix] = nodeCommand()
    const line = [command, ...prefix, programs.bundle, '--source fake show 479 --host 1 --hex']
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['-c', `set -o pipefail; ${line.join(' ')} | head -n 1`],
      { encoding: 'utf8' },
    )
    assert.deepEqual([status, stderr], [0, ''])
    assert.match(stdout, /^SMEM_GLINK/)
  })

  for (const [form, program] of Object.entries(programs)) {
    it(`says that its output takes no more, and that this is no bug, as ${form}`, () => {
      const full = openSync('/dev/full', 'w')
      try {
        const [command, ...prefix] = nodeCommand()
        const on = (...args: string[]) => {
          const stdio = ['ignore', full, 'pipe'] as const
          const line = [...prefix, program, '--source', 'fake', ...args]
          const { status, stderr } = spawnSync(command, line, {
            encoding: 'utf8',
            stdio: [...stdio],
          })
          return { status, stderr }
        }
        const message = 'cannot write to the standard output: no space left on device'
        assert.deepEqual(on('info'), { status: 2, stderr: `qcom-smem: ENOSPC: ${message}.\n` })
        assert.equal(on('--help').status, 2)
        const { status, stderr } = on('list', '--json')
        assert.equal(status, 2)
        const { schema, code, message: told } = JSON.parse(stderr)
        assert.deepEqual([schema, code, told], ['qcom-smem/error@1', 'ENOSPC', message])
      } finally {
        closeSync(full)
      }
    })
  }

  it('ends with its code where nobody can be told more', () => {
    const full = openSync('/dev/full', 'w')
    try {
      const [command, ...prefix] = nodeCommand()
      for (const [args, code] of [
        [['list'], 0],
        [['show', '300'], 3],
      ] as const) {
        const line = [...prefix, programs.bundle, '--source', 'fake', ...args]
        const { status } = spawnSync(command, line, { stdio: ['ignore', 'ignore', full] })
        assert.equal(status, code)
      }
    } finally {
      closeSync(full)
    }
  })

  it('reads dumps without the native module, and says what to do about the rest', () => {
    const env = { QCOM_SMEM_BINDING: join(root, 'missing.node') }
    const fake = start(programs.bundle, ['--source', 'fake', 'list'], env)
    assert.equal(fake.status, 8)
    const said =
      /^qcom-smem: ENODEV: the native module cannot be loaded.*Hint: QCOM_SMEM_BINDING names/
    assert.match(fake.stderr, said)
    const folder = mkdtempSync(join(tmpdir(), 'main-'))
    try {
      const image = join(folder, 'smem.bin')
      writeFileSync(image, buildImage(v12).bytes)
      const dump = start(programs.bundle, ['--source', `file:${image}`, 'list', '--json'], env)
      assert.deepEqual([dump.status, dump.stderr], [0, ''])
      assert.equal(JSON.parse(dump.stdout).items.length, 8)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('tells what doctor found, and whether reading works', () => {
    const told = start(programs.modules, ['doctor', '--json'])
    const report = JSON.parse(told.stdout)
    assert.equal(report.schema, 'qcom-smem/doctor@1')
    assert.equal(told.status, report.ok ? 0 : 1)
    const text = start(programs.modules, ['doctor'])
    assert.match(text.stdout, /native module/)
    assert.match(text.stdout, /^Reading live SMEM .* here; taking its lock is .*possible\.$/m)
  })
})
