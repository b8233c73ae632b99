// SPDX-License-Identifier: MIT
// Makes every binary that the package ships: `npm run prebuild`, on an x86-64 Debian with what its archive has. Each is
// held against the floor of prebuild/targets.js, and does its work once on a Node of its own processor, before
// prebuilds/ is replaced as a whole. `--check`, before anything is packed, only judges what is there.

import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { complaints, readNeeds } from './prebuild/elf.js'
import { isHookOfBuild } from './prebuild/hook.js'
import { check, writeManifest } from './prebuild/manifest.js'
import { fileOf, targets } from './prebuild/targets.js'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const build = join(root, 'build/prebuild')

// What the compiler makes must not depend on who calls it.
const { CXX, CXXFLAGS, LDFLAGS, ...environment } = process.env

/** Runs a program in the checkout, and gives what it printed. */
function run(command, args, env = environment) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  if (status === 0) return stdout.trim()
  throw new Error(`${[command, ...args].join(' ')}\n${error?.message ?? `${stdout}${stderr}`}`)
}

/** Compiles a target and puts it, stripped, into `folder`. */
function compile(target, folder) {
  const tree = join(build, target.name)
  const made = join(folder, fileOf(target))
  run('cmake', [
    ...['-S', root, '-B', tree, '-DCMAKE_BUILD_TYPE=Release', '-DQCOM_SMEM_PREBUILT=ON'],
    `-DCMAKE_TOOLCHAIN_FILE=${join(root, `cmake/${target.name}.cmake`)}`,
    ...(target.musl ? [`-DQCOM_SMEM_MUSL=${muslOf(target)}`] : []),
  ])
  run('cmake', ['--build', tree, '--parallel', String(availableParallelism())])
  mkdirSync(dirname(made), { recursive: true })
  // The build keeps its symbols, for those who read the code of what is shipped.
  const strip = ['--strip-unneeded', '--remove-section=.comment']
  run(`${target.triplet}-strip`, [...strip, '-o', made, join(tree, 'Release/qcom_smem.node')])
  return made
}

const muslOf = (target) => run('sh', ['scripts/prebuild/fetch-musl.sh', target.musl])

/** The words that start a Node of the target. */
function nodeOf(target) {
  if (target.musl)
    return readFileSync(join(muslOf(target), 'run'), 'utf8')
      .trim()
      .split(' ')
  if (!target.emulator) return [process.execPath]
  return run('sh', ['scripts/fetch-emulator.sh', target.emulator]).split(' ')
}

function tryOut(target, binary) {
  const [command, ...prefix] = nodeOf(target)
  const env = { ...environment, QCOM_SMEM_BINDING: binary }
  return run(command, [...prefix, join(root, 'scripts/prebuild/smoke.js')], env)
}

function prebuild() {
  run('sh', ['scripts/setup.sh', '--build'])
  run('sh', ['scripts/apt-install.sh', 'binutils', ...targets.map(({ compiler }) => compiler)])
  const folder = join(build, 'prebuilds')
  rmSync(folder, { recursive: true, force: true })
  for (const target of targets) {
    const made = compile(target, folder)
    const needs = readNeeds(made)
    const wrong = complaints(needs, target)
    if (wrong.length > 0) throw new Error(`${target.name} ${wrong.join(', ')}`)
    const versions = Object.entries(needs.versions).map((pair) => pair.join(' '))
    const bytes = `${statSync(made).size} bytes`
    console.log(`${target.name}: ${[bytes, ...versions, ...needs.needed].join(', ')}`)
    console.log(`  ${tryOut(target, made)}`)
  }
  writeManifest(root, folder)
  rmSync(join(root, 'prebuilds'), { recursive: true, force: true })
  renameSync(folder, join(root, 'prebuilds'))
}

try {
  if (isHookOfBuild()) process.exit()
  if (!process.argv.includes('--check')) prebuild()
  const wrong = check(root)
  for (const complaint of wrong) console.error(complaint)
  if (wrong.length > 0) throw new Error('nothing is packed like this: npm run prebuild')
} catch (error) {
  console.error(`prebuild: ${error.message}`)
  process.exitCode = 1
}
