// SPDX-License-Identifier: MIT
// `claim` as a process: it holds an item while a command runs or until it is ended, and others are told who has it.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { nodeCommand } from '../node.js'
import { qcomSmem } from './terminal.js'

const program = fileURLToPath(new URL('../../../../dist/cli/main.js', import.meta.url))

/** The command line that claims. */
function line(soc: FakeSoc, ...args: string[]): [string, string[]] {
  const [command, ...prefix] = nodeCommand()
  return [command, [...prefix, program, '--source', `fake:${soc.path}`, 'claim', ...args]]
}

function claim(soc: FakeSoc, ...args: string[]) {
  const [command, rest] = line(soc, ...args)
  const { status, stdout, stderr } = spawnSync(command, rest, { encoding: 'utf8' })
  return { code: status, out: stdout, err: stderr }
}

/** A claim that is held by another process, which is told to end afterwards. */
async function whileClaimed(
  soc: FakeSoc,
  args: string[],
  body: (child: ChildProcess, report: Record<string, unknown>) => void | Promise<void>,
): Promise<void> {
  const [command, rest] = line(soc, '--json', ...args)
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'] })
  try {
    let text = ''
    while (!text.endsWith('}\n')) text += String((await once(child.stdout!, 'data'))[0])
    await body(child, JSON.parse(text))
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
}

describe('claim', () => {
  it("passes the command's arguments and its exit code on", () => {
    using soc = FakeSoc.create()
    const script = 'console.log(process.argv.slice(1).join()); process.exit(7)'
    const { code, out, err } = claim(
      soc,
      '300',
      '--',
      ...nodeCommand(),
      '-e',
      script,
      '--',
      '--json',
      '-v',
    )
    assert.deepEqual([code, out], [7, '--json,-v\n'])
    assert.equal(err, 'SMEM_SMD_BLOCK_PORT_PROC1_HEAP+34 (300) is ours\n')
  })

  it('tells of a signal that ended the command as a shell does', () => {
    using soc = FakeSoc.create()
    assert.equal(claim(soc, '300', '--', 'sh', '-c', 'kill -9 $$').code, 128 + 9)
  })

  it('says why a command cannot be started', () => {
    using soc = FakeSoc.create()
    for (const [command, code, message] of [
      [
        './no-such-command',
        2,
        /ENOENT: cannot run \.\/no-such-command: no such file or directory\.$/m,
      ],
      [program, 4, /EACCES: cannot run .*: permission denied\.$/m],
    ] as const) {
      const refused = claim(soc, '300', '--', command)
      assert.equal(refused.code, code)
      assert.match(refused.err, message)
    }
  })

  it('keeps others out until it is ended, and says who has the item', async () => {
    using soc = FakeSoc.create()
    await whileClaimed(soc, ['428', '--host', 'modem'], async (child, report) => {
      assert.deepEqual(
        { ...report, file: '' },
        {
          schema: 'qcom-smem/claim@1',
          item: 428,
          name: 'SMEM_SMP2P_APPS_BASE+1',
          host: 1,
          file: '',
          pid: child.pid,
        },
      )
      const refused = await qcomSmem('--source', `fake:${soc.path}`, 'claim', '428', '--host', '1')
      assert.deepEqual([refused.code, refused.out], [1, ''])
      assert.match(
        refused.err,
        new RegExp(
          `EBUSY: item 428 is claimed by another program: process ${child.pid} \\(.*claim`,
        ),
      )
      const { out } = await qcomSmem('--source', `fake:${soc.path}`, 'lock')
      assert.match(
        out,
        new RegExp(
          `^claim +SMEM_SMP2P_APPS_BASE\\+1 \\(428\\) of modem: process ${child.pid} \\(`,
          'm',
        ),
      )
      const { claims } = JSON.parse(
        (await qcomSmem('--source', `fake:${soc.path}`, 'lock', '--json')).out,
      )
      assert.equal(claims.length, 1)
      const [{ command, ...held }] = claims
      assert.deepEqual(held, {
        item: 428,
        name: 'SMEM_SMP2P_APPS_BASE+1',
        host: 1,
        pid: child.pid,
      })
      assert.match(command, /claim --json 428 --host modem$/)
      // The global item of this id is another one.
      assert.equal(claim(soc, '428', '--', 'true').code, 0)

      child.kill('SIGTERM')
      assert.deepEqual(await once(child, 'exit'), [null, 'SIGTERM'])
      assert.equal(claim(soc, '428', '--host', 'modem', '--', 'true').code, 0)
    })
  })

  it('is over with the process, however that ends', async () => {
    using soc = FakeSoc.create()
    await whileClaimed(soc, ['300'], async (child) => {
      child.kill('SIGKILL')
      await once(child, 'exit')
      assert.equal(claim(soc, '300', '--', 'true').code, 0)
    })
  })

  it('tells in one line what cannot be claimed', async () => {
    using soc = FakeSoc.create()
    const on = (...args: string[]) => qcomSmem('--source', `fake:${soc.path}`, 'claim', ...args)
    assert.match(
      (await on('9999')).err,
      /^qcom-smem: EINVAL: item ids are 0 to \d+ here, not 9999\.\n$/,
    )
    assert.equal((await on('9999')).code, 1)
    assert.match((await on('no_such_item')).err, /there is no item "no_such_item"/)
    assert.match((await on()).err, /missing required argument 'item'/)
  })

  it('says that a fake of its own keeps nobody out', async () => {
    const { code, err } = await qcomSmem('--source', 'fake', 'claim', '300', '--', 'true')
    assert.equal(code, 0)
    assert.match(err, /^Nobody else sees this fake SoC: the claim keeps nobody out\.$/m)
  })
})
