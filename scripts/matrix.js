// SPDX-License-Identifier: MIT
// Where the package installs and works: packs it, and tries the packed file in every cell of matrix/rows.js, with
// package managers, Nodes and processors that are fetched for it. Prints a table, and what each cell that was not run
// is missing. `npm run matrix -- arm64` runs the rows with that in their names.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { tryCell } from './matrix/cell.js'
import { machineOf } from './matrix/machine.js'
import { fetched, versionOf } from './matrix/registry.js'
import { report } from './matrix/report.js'
import { nodes, rows } from './matrix/rows.js'
import { run } from './matrix/run.js'

const [wanted = ''] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-matrix-'))

/** The packed package, and what it has to say of a dump. */
async function pack() {
  const make = (command, ...args) => run(command, args, { env: process.env })
  await make('npm', 'pack', '--silent', '--pack-destination', folder)
  const file = join(folder, readdirSync(folder)[0])
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  const { buildImage } = await import('../dist/testing/image.js')
  const { profiles } = await import('../dist/testing/profiles.js')
  const dump = join(folder, 'sdm845.bin')
  writeFileSync(dump, buildImage(profiles.sdm845.describe()).regions[0].bytes)
  const list = ['dist/cli.cjs', '--source', `file:${dump}`, 'list', '--json']
  const { stdout: listing } = await make(process.execPath, ...list)
  return { file, version, dump, listing }
}

/** One after the other, for downloads and packages that apt installs are shared. */
async function machines(wanted) {
  const found = new Map()
  for (const { arch = 'x64', installer = arch, not = {} } of wanted) {
    for (const node of nodes.filter((major) => !(major in not))) {
      for (const where of [arch, installer]) {
        const key = `${where} ${node}`
        if (!found.has(key)) found.set(key, await machineOf(folder, node, where))
      }
    }
  }
  return found
}

/** A row's cells one after the other: they share the caches of one home. */
async function tryRow(row, number, machineFor, packed) {
  const manager = join(await fetched(row.package), row.program)
  const home = join(folder, `home-${number}`)
  mkdirSync(home)
  const cells = {}
  for (const node of nodes) {
    if (node in (row.not ?? {})) continue
    const start = performance.now()
    const project = join(folder, `project-${number}-${node}`)
    try {
      const { arch = 'x64', installer = arch } = row
      const [use, install] = [arch, installer].map((where) => machineFor(where, node))
      await tryCell({ ...row, manager }, use, install, packed, { project, home })
      cells[node] = { seconds: (performance.now() - start) / 1000 }
    } catch (error) {
      cells[node] = { error: error.message }
    }
    console.error(`${row.name}, Node ${node}: ${cells[node].error ? 'FAILED' : 'ok'}`)
    rmSync(project, { recursive: true, force: true })
  }
  return cells
}

const chosen = rows.filter(({ name }) => name.includes(wanted))
try {
  const packed = await pack()
  const found = await machines(chosen)
  const machineFor = (arch, node) => found.get(`${arch} ${node}`)
  const versions = [...found.values()].map(({ arch, version }) => `Node ${version} (${arch})`)
  for (const spec of new Set(chosen.map((row) => row.package))) {
    versions.push(`${spec.replace(/@\d+$/, '')} ${versionOf(await fetched(spec))}`)
  }
  const results = []
  // The emulated ones last longest, and begin first.
  const waiting = [...chosen.entries()].reverse()
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [number, row] = next
      results[number] = await tryRow(row, number, machineFor, packed)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  process.exitCode = report(chosen, results, versions)
} catch (error) {
  console.error(`matrix: ${error.message}`)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
