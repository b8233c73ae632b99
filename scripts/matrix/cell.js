// SPDX-License-Identifier: MIT
// One cell of the matrix: installs the packed package into an empty project, as one manager does it on one Node, and
// lets the user's programs of matrix/user run there. What a cell finds wrong it throws.

import assert from 'node:assert/strict'
import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { settings } from './registry.js'
import { run } from './run.js'

const user = fileURLToPath(new URL('user', import.meta.url))

/** What a package that only wants to lie there gives no cause to say. */
const complaint = /.*(warn|deprecated|gyp|blocked|ignored build|approve|peer dep|engine).*/i

/**
 * @param row of rows.js, with `manager`: its file for node
 * @param machine of machine.js, where it is to work
 * @param installer of machine.js, where it is installed
 * @param pack `{ file, dump, listing, version }`: the packed file, a dump, what `list --json` says of it, our version
 * @param place `{ project, home }`: folders; the project's is made here
 */
export async function tryCell(row, machine, installer, pack, { project, home }) {
  makeProject(project, row, pack)
  const on = (path) => (command, args) => {
    // Of root, yarn 1 would use the cache of the whole machine.
    const own = { PATH: path, HOME: home, YARN_CACHE_FOLDER: join(home, 'yarn') }
    const env = { ...settings(), ...row.env, ...own }
    return run(command, args, { cwd: project, env })
  }

  const install = on(installer.path)
  for (const step of row.steps) {
    const args = step.map((word) => (word === 'PACKAGE' ? `./${basename(pack.file)}` : word))
    const { stdout, stderr } = await install('node', [row.manager, ...args])
    const said = `${stdout}${stderr}`.split('\n').filter((line) => !row.may?.test(line))
    const wrong = said.filter((line) => complaint.test(line))
    assert.deepEqual(wrong, [], `${args.join(' ')} complains`)
  }

  const use = on(`${machine.path}:${join(project, 'node_modules/.bin')}`)
  const launcher = row.launcher ? ['node', row.manager, 'exec'] : []
  const start = (...words) => {
    const [command, ...args] = [...launcher, ...words]
    return use(command, args)
  }
  const { arch, version } = machine
  await says(
    start('qcom-smem', '--version'),
    `qcom-smem ${pack.version} (prebuilt linux-${arch}, node ${version})\n`,
  )
  await says(start('qcom-smem', '--source', 'fake', 'list', '--json'), pack.listing)
  await says(start('qcom-smem', '--source', `file:${pack.dump}`, 'list', '--json'), pack.listing)
  const line = 'SDM845.LA.3.0-00371-FAKE-1 64\n'
  await says(start('node', 'as-module.mjs'), line)
  await says(start('node', 'as-script.cjs'), line)
  await says(start('node', 'in-threads.mjs'), line + line)
}

function makeProject(project, { yarnrc = [] }, { file }) {
  mkdirSync(project)
  cpSync(user, project, { recursive: true })
  // Under its own name: yarn 1 links no programs of a file that has no version in its name.
  copyFileSync(file, join(project, basename(file)))
  const manifest = { name: 'user', version: '1.0.0', license: 'MIT', private: true }
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(project, '.yarnrc.yml'), yarnrc.map((line) => `${line}\n`).join(''))
}

async function says(running, expected) {
  const { stdout, stderr } = await running
  assert.equal(stderr, '')
  assert.equal(stdout, expected)
}
