// SPDX-License-Identifier: MIT
// `fake` as a process: a SoC that other programs share with each other, until it is ended or a command has.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { defaultProfile, profileNames, profiles } from '#lib/testing/profiles.js'
import { nodeCommand } from '../node.js'
import { qcomSmem } from './terminal.js'

const program = fileURLToPath(new URL('../../../../dist/cli.cjs', import.meta.url))

function line(...args: string[]): [string, string[]] {
  const [command, ...prefix] = nodeCommand()
  return [command, [...prefix, program, ...args]]
}

/** Ours as a word for a shell. */
const ours = [nodeCommand(), program].flat().join(' ')

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(...line(...args), { encoding: 'utf8' })
  return { code: status, out: stdout, err: stderr }
}

/** One that lasts, as soon as it has printed what ends with `last`; it is gone afterwards. */
async function whileKept(
  args: string[],
  last: string,
  body: (child: ChildProcess, printed: string) => void | Promise<void>,
): Promise<void> {
  const child = spawn(...line('fake', ...args), { stdio: ['pipe', 'pipe', 'ignore'] })
  try {
    let text = ''
    while (!text.endsWith(last)) text += String((await once(child.stdout!, 'data'))[0])
    await body(child, text)
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
}

/** A command that waits for SIGTERM, and ends with this code then. */
function ending(code: number): string[] {
  const onSignal = `process.on('SIGTERM', () => process.exit(${code}))`
  return [...nodeCommand(), '-e', `${onSignal}; process.stdin.resume(); console.log('ready')`]
}

describe('fake', () => {
  it('prints where it is, and programs that know share what they do', async () => {
    await whileKept([], '\n', (child, printed) => {
      const source = printed.trim()
      assert.match(source, new RegExp(`^fake:/proc/${child.pid}/fd/\\d+$`))
      assert.equal(run('--source', source, 'alloc', '300', '64', '--write').code, 0)
      const { items } = JSON.parse(run('--source', source, 'list', '--json').out)
      const [found] = items.filter(({ id }: { id: number }) => id === 300)
      assert.deepEqual([found.host, found.size], [null, 64])
      using smem = Smem.open({ source })
      assert.equal(smem.get(300).size, 64)
    })
  })

  it('tells it as JSON, with its board and who keeps it', async () => {
    await whileKept(['msm8916', '--json'], '}\n', (child, printed) => {
      const { source, ...rest } = JSON.parse(printed)
      const { model, compatible, soc } = profiles.msm8916.board
      assert.deepEqual(rest, {
        schema: 'qcom-smem/fake@1',
        profile: 'msm8916',
        board: { model, compatible, soc },
        pid: child.pid,
      })
      using soc8916 = FakeSoc.attach(source.replace('fake:', ''))
      assert.equal(soc8916.profile, 'msm8916')
    })
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`ends in peace with ${signal}, and is gone`, async () => {
      await whileKept([], '\n', async (child, printed) => {
        const source = printed.trim()
        child.kill(signal)
        assert.deepEqual(await once(child, 'exit'), [0, null])
        assert.equal(existsSync(source.replace('fake:', '')), false)
      })
    })
  }

  it('is what a command finds, which says how this ends', () => {
    const script = `${ours} alloc 300 64 --write && ${ours} info --json; exit 7`
    const { code, out, err } = run('fake', 'sc7280', '--', 'sh', '-c', script)
    assert.deepEqual([code, err], [7, ''])
    const [allocated, info] = out.split(/^(?=\{)/m) as [string, string]
    assert.match(allocated, /\(300\): 64 bytes .* allocated and read back$/m)
    assert.match(JSON.parse(info).source, /^fake:\/proc\/\d+\/fd\/\d+$/)
    assert.equal(JSON.parse(info).board.soc, profiles.sc7280.board.soc)
  })

  it('is of the usual kind for a command without one, whose words are its own', () => {
    const { code, out } = run('fake', '--', 'sh', '-c', `${ours} info; echo "$@"`, '-', '--json')
    assert.equal(code, 0)
    assert.match(out, new RegExp(`^board +${defaultProfile.toUpperCase()} `, 'm'))
    assert.match(out, /^--json$/m)
  })

  it('tells it as JSON before a command starts', () => {
    const { out } = run('fake', '--json', '--', 'sh', '-c', 'echo "$QCOM_SMEM_SOURCE"')
    const [report, source] = out.split(/(?<=^\})\n/m) as [string, string]
    assert.equal(`${JSON.parse(report).source}\n`, source)
  })

  it('tells of a signal that ended the command as a shell does, and passes on its own', async () => {
    assert.equal(run('fake', '--', 'sh', '-c', 'kill -9 $$').code, 128 + 9)
    await whileKept(['--', ...ending(5)], 'ready\n', async (child) => {
      child.kill('SIGTERM')
      assert.deepEqual(await once(child, 'exit'), [5, null])
    })
  })

  it('leaves Ctrl-C to the command', async () => {
    await whileKept(['--', ...ending(6)], 'ready\n', async (child) => {
      child.kill('SIGINT')
      child.kill('SIGTERM')
      assert.deepEqual(await once(child, 'exit'), [6, null])
    })
  })

  for (const [args, code, message] of [
    [['nokia'], 2, /^qcom-smem: EINVAL: there is no fake SoC "nokia"\. Hint: known: msm8916/],
    [['--', './no-such-command'], 2, /ENOENT: cannot run \.\/no-such-command: no such file/],
    [['--', ''], 2, /EINVAL: the command to run has no name/],
    [['--', '/'], 4, /EACCES: cannot run \/: permission denied/],
  ] as const) {
    it(`says what is wrong with: fake ${args.join(' ')}`, async () => {
      const refused = await qcomSmem('fake', ...args)
      assert.deepEqual([refused.code, refused.out], [code, ''])
      assert.match(refused.err, message)
    })
  }

  for (const profile of profileNames) {
    it(`has the memory of a dump of ${profile}, which stays as it was`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-fake-'))
      try {
        const dump = join(folder, 'smem.elf')
        assert.equal(run('--source', `fake:${profile}`, 'snapshot', '-o', dump).code, 0)
        const before = readFileSync(dump)
        const same = run(
          'fake',
          '--from',
          dump,
          '--',
          'sh',
          '-c',
          `${ours} diff ${dump} $QCOM_SMEM_SOURCE`,
        )
        assert.deepEqual([same.code, same.out, same.err], [0, '', 'no difference\n'])
        const script = `${ours} alloc 300 64 --write >&2 && ${ours} info --json`
        const { code, out } = run('fake', '--from', dump, '--', 'sh', '-c', script)
        assert.equal(code, 0)
        const info = JSON.parse(out)
        const { board, hwlock, items } = JSON.parse(
          run('--source', `file:${dump}`, 'info', '--json').out,
        )
        assert.deepEqual([info.board, info.hwlock, info.items], [board, hwlock, items + 1])
        assert.deepEqual(readFileSync(dump), before)
      } finally {
        rmSync(folder, { recursive: true })
      }
    })
  }

  it('has a mutex, too, with the memory of a raw image, and says what both cannot be', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-fake-'))
    try {
      const image = join(folder, 'smem.bin')
      writeFileSync(image, buildImage(profiles.sdm845.describe()).bytes)
      const line = ['fake', '--from', image, '--json', '--base', '0x86000000', '--', 'sh', '-c']
      const { code, out } = run(...line, `${ours} alloc 300 64 --write >&2`)
      assert.deepEqual([code, JSON.parse(out).profile], [0, null])
      const both = await qcomSmem('fake', 'sdm845', '--from', image)
      assert.deepEqual([both.code, both.out], [2, ''])
      assert.match(
        both.err,
        /EINVAL: both sdm845 and .* say what is in it\. Hint: leave out sdm845/,
      )
      assert.equal((await qcomSmem('fake', '--from', join(folder, 'nothing'))).code, 2)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('says that it opens no other source', async () => {
    const { code, err } = await qcomSmem('--source', 'file:smem.elf', 'fake', '--', 'true')
    assert.equal(code, 0)
    assert.equal(err, 'warning: fake makes a SoC of its own: --source file:smem.elf is not used\n')
    assert.equal(
      (await qcomSmem('--base', '0x86000000', 'fake', '--', 'true')).err,
      'warning: --base describes a dump, and a profile is none: it is not used\n',
    )
  })
})

describe('a fake SoC that is named by a path', () => {
  for (const [path, message] of [
    ['/nope', /^qcom-smem: ENOENT: cannot attach to a fake SoC at \/nope: no such file/],
    ['/tmp', /^qcom-smem: EISDIR: \/tmp is no fake SoC: it is a directory/],
    ['/dev/null', /^qcom-smem: EINVAL: \/dev\/null is no fake SoC: it is no file of memory/],
    ['/etc/passwd', /^qcom-smem: EINVAL: \/etc\/passwd is no fake SoC: it is not memory/],
  ] as const) {
    it(`is refused where that is ${path}`, async () => {
      const { code, out, err } = await qcomSmem('--source', `fake:${path}`, 'list')
      assert.deepEqual([code, out], [2, ''])
      assert.match(err, message)
      assert.match(err, /Hint: a fake SoC is reached by the path that `qcom-smem fake`[^\n]*\n$/)
      assert.throws(() => Smem.open({ source: `fake:${path}` }), { name: 'SmemError' })
    })
  }
})
