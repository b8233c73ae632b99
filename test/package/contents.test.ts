// SPDX-License-Identifier: MIT
// What the packed package holds: all that its entries load, nothing else, and nothing that a package manager would
// build or run.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** What loads a file of the package by its name. */
const references =
  /(?:from|import|require)\s*\(?\s*'(\.[^']+\.c?js)'|new URL\('(\.[^']+\.js)', import\.meta\.url\)/g

/** The files, relative to the package's folder, that `entries` load, and those that these load. */
function reached(entries: readonly string[]): Set<string> {
  const found = new Set<string>()
  const visit = (file: string): void => {
    if (found.has(file)) return
    found.add(file)
    const text = readFileSync(join(root, file), 'utf8')
    for (const [, loaded, started] of text.matchAll(references)) {
      visit(join(dirname(file), (loaded ?? started)!))
    }
  }
  entries.map(normalize).forEach(visit)
  return found
}

describe('the package', () => {
  let files: string[] = []
  before(function () {
    this.timeout(60_000)
    const { status, stdout, stderr } = spawnSync(
      'npm',
      ['pack', '--dry-run', '--json', '--ignore-scripts'],
      { cwd: root, encoding: 'utf8' },
    )
    assert.equal(status, 0, stderr)
    files = JSON.parse(stdout)[0].files.map(({ path }: { path: string }) => path)
  })

  it('has every file that its entries load', () => {
    const entries = ['.', './testing'].map((name) => manifest.exports[name].default)
    const ofPlatforms = files.filter((file) => /^dist\/native\/entry\/.*\.cjs$/.test(file))
    assert.ok(ofPlatforms.length > 0)
    const programs = Object.values<string>(manifest.bin)
    const loaded = reached([...entries, ...ofPlatforms, ...programs])
    assert.ok(loaded.size > 100)
    assert.deepEqual(
      [...loaded].filter((file) => !files.includes(file)),
      [],
    )
  })

  it('has the dependencies that its modules import, and no other: the command brings its own', () => {
    const modules = files.filter((file) => /^dist\/.*\.js$/.test(file))
    const imported = modules.flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8')
      return [...text.matchAll(/^(?:import|export|\}) ?(?:.* from )?'([^'.#][^']*)'/gm)]
        .map(([, name]) => name!)
        .filter((name) => !name.startsWith('node:'))
    })
    assert.deepEqual([...new Set(imported)].sort(), Object.keys(manifest.dependencies).sort())
  })

  it('has the types of every module', () => {
    const modules = files.filter((file) => /^dist\/.*\.js$/.test(file))
    assert.deepEqual(
      modules.filter((file) => !files.includes(file.replace(/js$/, 'd.ts'))),
      [],
    )
  })

  it('has nothing that only the one-file command has in it, no maps, and no leavings of tools', () => {
    const others =
      /^dist\/(cli|inspect|page)\/|^dist\/.*\.map$|\.tsbuildinfo$|\.cache$|\.test\.|node_modules/
    assert.deepEqual(
      files.filter((file) => others.test(file)),
      [],
    )
  })

  it('gives a package manager nothing to build and nothing to run', () => {
    assert.deepEqual(
      files.filter((file) => file.endsWith('.gyp')),
      [],
    )
    assert.equal(manifest.gypfile, false)
    const run = ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare']
    assert.deepEqual(
      run.filter((name) => name in manifest.scripts),
      [],
    )
  })

  it('has what the module is built from, where no binary fits', () => {
    const needed = ['CMakeLists.txt', 'native/addon.cc', 'cmake/linux-arm64.cmake']
    assert.deepEqual(
      needed.filter((file) => !files.includes(file)),
      [],
    )
  })

  it('keeps to the folders that it names', () => {
    const named: string[] = manifest.files.filter((name: string) => !name.startsWith('!'))
    // Binaries are there when they have been built; `prepack` sees to that.
    const missing = named.filter((name) => name !== 'prebuilds' && !existsSync(join(root, name)))
    assert.deepEqual(missing, [])
  })
})
