// SPDX-License-Identifier: MIT
// The prebuilt binaries themselves: made the same wherever they are made, refused where they do not belong, and what
// can be done where there is none: the command that the error names, run in what a package has.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { NativeStatus } from '#lib/native/load.js'
import { projectFile } from '../native/source.js'

const targets = readdirSync(projectFile('prebuilds')).filter((name) => /^linux-/.test(name))
const binary = (target: string) => projectFile(`prebuilds/${target}/qcom_smem.node`)

const command = (line: string) => line.trim().split(' ') as [string, ...string[]]
const runners: Record<string, [string, ...string[]]> = {
  glibc: [process.execPath],
  musl: command(
    readFileSync(
      join(
        execFileSync('sh', [projectFile('scripts/prebuild/fetch-musl.sh'), 'x64'], {
          encoding: 'utf8',
        }).trim(),
        'run',
      ),
      'utf8',
    ),
  ),
}

/** What the loader of the package at `root` tells under a C library. */
function told(root: string, libc: string, named = ''): NativeStatus {
  const [node, ...prefix] = runners[libc]!
  const script = `import(process.argv[1]).then(({ nativeStatus }) => console.log(JSON.stringify(nativeStatus())))`
  const args = [...prefix, '-e', script, join(root, 'dist/native/load.js')]
  const env = { ...process.env, QCOM_SMEM_BINDING: named }
  return JSON.parse(execFileSync(node, args, { encoding: 'utf8', env })) as NativeStatus
}

describe('the prebuilt binaries', () => {
  let folder = ''

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'qcom-smem-binaries-')))
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  /** A package as it is installed, without binaries. */
  function install(): string {
    const root = join(folder, 'node_modules/qcom-smem')
    for (const part of ['dist', 'native', 'cmake', 'CMakeLists.txt', 'package.json']) {
      cpSync(projectFile(part), join(root, part), { recursive: true })
    }
    return root
  }

  it('are for all targets', () => {
    assert.deepEqual(targets.sort(), [
      'linux-arm',
      'linux-arm64',
      'linux-arm64-musl',
      'linux-x64',
      'linux-x64-musl',
    ])
  })

  it('name no folder of the machine that made them', () => {
    for (const target of targets) {
      const bytes = readFileSync(binary(target), 'latin1')
      for (const path of [dirname(projectFile('package.json')), homedir(), 'node_modules']) {
        assert.ok(!bytes.includes(path), `${target} names ${path}`)
      }
    }
  })

  it('are the same bytes when they are made in another folder', () => {
    const root = install()
    cpSync(
      projectFile('node_modules/node-addon-api'),
      join(folder, 'node_modules/node-addon-api'),
      {
        recursive: true,
      },
    )
    cpSync(
      projectFile('node_modules/node-api-headers'),
      join(folder, 'node_modules/node-api-headers'),
      { recursive: true },
    )
    const { CXXFLAGS, LDFLAGS, ...env } = process.env
    const toolchain = `-DCMAKE_TOOLCHAIN_FILE=${root}/cmake/linux-x64.cmake`
    const run = (...args: string[]) => execFileSync('cmake', args, { cwd: root, env })
    run('-S', '.', '-B', 'build', '-DQCOM_SMEM_PREBUILT=ON', toolchain)
    run('--build', 'build')
    const made = join(root, 'build/Release/qcom_smem.node')
    execFileSync('strip', ['--strip-unneeded', '--remove-section=.comment', made])
    assert.ok(readFileSync(made).equals(readFileSync(binary('linux-x64'))))
  })

  for (const [libc, own, other, reason] of [
    ['glibc', 'linux-x64', 'linux-x64-musl', 'it is for musl, and this is glibc'],
    ['musl', 'linux-x64-musl', 'linux-x64', 'it is for glibc, and this is musl'],
  ] as const) {
    it(`are told apart on ${libc}`, () => {
      const root = install()
      cpSync(projectFile('prebuilds'), join(root, 'prebuilds'), { recursive: true })
      const { loaded, kind, target } = told(root, libc)
      assert.equal(loaded, join(root, `prebuilds/${own}/qcom_smem.node`))
      assert.deepEqual([kind, target], ['prebuilt', own])
      const { tried } = told(root, libc, binary(other))
      assert.deepEqual(tried, [{ path: binary(other), error: reason }])
    })
  }

  it('are told from those for another processor', () => {
    const [attempt] = told(install(), 'glibc', binary('linux-arm')).tried
    assert.equal(attempt?.error, 'it is for arm, and this is x64')
  })

  it('are told from those for a later system', () => {
    const bytes = readFileSync(binary('linux-x64'), 'latin1')
    const later = join(folder, 'later.node')
    writeFileSync(later, bytes.replace('GLIBC_2.28', 'GLIBC_9.28'), 'latin1')
    const [attempt] = told(install(), 'glibc', later).tried
    assert.equal(attempt?.error, 'it needs GLIBC_9.28, and this system is older')
  })

  it('can be replaced by a build in the package that is installed', () => {
    const root = install()
    const { kind, remedy } = told(root, 'glibc')
    assert.equal(kind, 'none')
    assert.ok(remedy.includes(`: cd ${root} && `), remedy)
    const build = remedy.slice(remedy.indexOf('cd '))
    const { CXXFLAGS, ...env } = process.env
    mkdirSync(join(folder, 'elsewhere'))
    execFileSync('sh', ['-c', build], { cwd: join(folder, 'elsewhere'), env, stdio: 'pipe' })
    const after = told(root, 'glibc')
    assert.deepEqual(
      [after.kind, after.loaded],
      ['local build', join(root, 'build/Release/qcom_smem.node')],
    )
  })
})
