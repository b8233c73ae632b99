// SPDX-License-Identifier: MIT
// The completions in the shells themselves: what they offer, and what they put into the line.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commands } from '#lib/cli/commands.js'
import { globalOptions } from '#lib/cli/global-options.js'
import { Pty } from '../cli/pty.js'
import { root } from '../docs/pages.js'
import { completions, environment, typed } from './shells.js'

/** A line, and what its last word could be, in any order. Some shells keep the case of what is typed. */
const cases: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ['qcom-smem s', ['serve', 'show', 'snapshot', 'socinfo']],
  ['qcom-smem --source fake ve', ['verify', 'versions']],
  ['qcom-smem -v --local-host=adsp so', ['socinfo']],
  ['qcom-smem --js', ['--json']],
  ['qcom-smem alloc --ca', ['--cached']],
  ['qcom-smem list --ca', []],
  ['qcom-smem show HW_', ['HW_RESET_DETECT', 'HW_SW_BUILD_ID']],
  ['qcom-smem show hw_sw', ['hw_sw_build_id']],
  ['qcom-smem show SMEM_HW_SW', ['SMEM_HW_SW_BUILD_ID']],
  ['qcom-smem show smem_hw_sw', ['smem_hw_sw_build_id']],
  ['qcom-smem watch 137 HW_SW', ['HW_SW_BUILD_ID']],
  ['qcom-smem show 137 HW_SW', []],
  ['qcom-smem ls --host mo', ['modem']],
  ['qcom-smem ls --host=mo', ['--host=modem']],
  ['qcom-smem lock release --bust mo', ['modem']],
  ['qcom-smem lock re', ['release']],
  ['qcom-smem verify --explain toc-o', ['toc-overlap']],
  ['qcom-smem boards sdm84', ['sdm845']],
  ['qcom-smem --board sdm84', ['sdm845']],
  ['qcom-smem --source fake:sd', ['fake:sdm845']],
  ['qcom-smem --source=fake:sd', ['--source=fake:sdm845']],
  ['qcom-smem --source file:sm', ['file:smem.elf']],
  ['qcom-smem --source=file:sm', ['--source=file:smem.elf']],
  ['qcom-smem --source dir:cr', ['dir:crash']],
  ['qcom-smem --source dir:sm', []],
  ['qcom-smem --source file:two', ['file:two words.elf']],
  ['qcom-smem --aux 0x60000=rp', ['0x60000=rpm.bin']],
  ['qcom-smem snapshot -o sm', ['smem.elf']],
  ['qcom-smem diff sm', ['smem.elf']],
  ['qcom-smem diff file:sm', ['file:smem.elf']],
  ['qcom-smem diff smem.elf fake:sd', ['fake:sdm845']],
  ['qcom-smem diff smem.elf live sm', []],
  ['qcom-smem claim 421 -- cat sm', ['smem.elf']],
  ['qcom-smem claim 421 --host mo', ['modem']],
  ['qcom-smem help sn', ['snapshot']],
  ['qcom-smem fake sd', ['sdm845']],
  ['qcom-smem fake sdm845 -- cat sm', ['smem.elf']],
  ['qcom-smem fake -- cat sm', ['smem.elf']],
]

const byName = (words: readonly string[]) => words.map((word) => word.toLowerCase()).sort()

describe('the completions', () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'qcom-smem-shells-'))
    for (const name of ['smem.elf', 'rpm.bin', 'two words.elf']) {
      writeFileSync(join(folder, name), '')
    }
    mkdirSync(join(folder, 'crash'))
  })
  after(() => rmSync(folder, { recursive: true }))

  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    describe(`of ${shell}`, () => {
      for (const [line, offered] of cases) {
        it(`${offered.length === 0 ? 'offer nothing for' : 'complete'}: ${line}`, async () => {
          assert.deepEqual(byName(await completions(shell, line, folder)), byName(offered))
        })
      }

      it('know every command', async () => {
        const names = commands.flatMap(({ usage, alias = [] }) => [usage.split(' ')[0]!, alias])
        const offered = await completions(shell, 'qcom-smem ', folder)
        assert.deepEqual(byName(offered), byName([...names.flat(), 'help']))
      })

      it('know every option of a command, and those of all', async () => {
        const { options = [] } = commands.find(({ usage }) => usage.startsWith('alloc'))!
        const long = [...options, ...globalOptions].map(({ flags }) => /--[a-z-]+/.exec(flags)![0])
        const offered = await completions(shell, 'qcom-smem alloc --', folder)
        const wanted = [...long, '--help', '--version']
        assert.deepEqual(
          wanted.filter((option) => !offered.includes(option)),
          [],
        )
        assert.deepEqual(
          offered.filter((word) => word.startsWith('--') && !wanted.includes(word)),
          [],
        )
      })
    })
  }

  for (const shell of ['bash where : breaks no words'] as const) {
    it(`work in ${shell}`, async () => {
      assert.deepEqual(await completions(shell, 'qcom-smem --source fake:sd', folder), [
        'fake:sdm845',
      ])
    })
  }

  it('work in zsh, from its folder of completions', async () => {
    const shell = 'zsh, from its folder of completions'
    assert.ok(shell in typed)
    assert.deepEqual(await completions(shell, 'qcom-smem soc', folder), ['socinfo'])
  })

  it('complete the command behind the dashes itself where the shell can', async () => {
    for (const shell of ['zsh', 'fish'] as const) {
      for (const line of ['claim 421', 'fake msm8916', 'fake']) {
        const offered = await completions(shell, `qcom-smem ${line} -- qcom-smem soc`, folder)
        assert.deepEqual(offered, ['socinfo'], line)
      }
    }
  })

  it('offer programs behind the dashes, whatever was left out in front of them', async () => {
    for (const line of ['claim 421', 'fake msm8916', 'fake']) {
      const offered = await completions('bash', `qcom-smem ${line} -- compgen`, folder)
      assert.deepEqual(offered, [], line)
      assert.ok(
        (await completions('bash', `qcom-smem ${line} -- compge`, folder)).includes('compgen'),
      )
    }
  })

  it('work on the terminal of fish', async () => {
    using pty = new Pty(['fish', '--no-config', '-i'], 200, 40, {
      env: environment(folder),
      cwd: folder,
    })
    const script = join(root, 'completions/qcom-smem.fish')
    pty.type(`source ${script}; function qcom-smem; echo "<$argv>"; end; echo rea''dy\r`)
    await pty.shows('ready')
    pty.type('qcom-smem verify --explain toc-o\t\r')
    await pty.shows('<verify --explain toc-overlap>')
  })

  it('have nothing that shellcheck would change', () => {
    const script = join(root, 'completions/qcom-smem.bash')
    const { stdout, stderr } = spawnSync('shellcheck', ['-s', 'bash', script], { encoding: 'utf8' })
    assert.deepEqual([stdout, stderr], ['', ''])
  })

  it('describe what they offer', () => {
    const script = join(root, 'completions/qcom-smem.fish')
    const { stdout } = spawnSync(
      'fish',
      ['--no-config', '-c', `source ${script}; complete -C 'qcom-smem --local-host mod'`],
      { env: environment(folder), encoding: 'utf8' },
    )
    assert.equal(stdout, 'modem\tthe modem (MPSS)\n')
  })
})
