// SPDX-License-Identifier: MIT
// What a release carries beside the package: the licences of those whose code is in it, the bill of materials, and the
// judgement of a changelog.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const script = (name: string) => join(root, 'scripts', name)

function node(...args: string[]) {
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
}

describe('a release', () => {
  it('names whose code is in the package, with their licences', () => {
    const { status, stderr } = node(script('notices.js'), '--check')
    assert.deepEqual([status, stderr], [0, ''])
  })

  it('has a bill of materials with what is compiled into the package, and no tool', function () {
    this.timeout(120_000)
    const { status, stdout, stderr } = node(script('sbom.js'))
    assert.equal(status, 0, stderr)
    const sbom = JSON.parse(stdout)
    assert.deepEqual([sbom.bomFormat, sbom.metadata.component.name], ['CycloneDX', 'qcom-smem'])
    const names: string[] = sbom.components.map(({ name }: { name: string }) => name)
    for (const shipped of ['commander', 'prom-client', 'preact', 'node-addon-api']) {
      assert.ok(names.includes(shipped), shipped)
    }
    for (const tool of ['typescript', 'mocha', 'esbuild']) assert.ok(!names.includes(tool), tool)
    for (const { name, hashes, licenses } of sbom.components) {
      assert.ok(hashes.length > 0 && licenses.length > 0, name)
    }
  })

  it('needs a changelog with its version and a day, and nothing before that', async () => {
    const { isReleased } = await import(script('release/changelog.js'))
    const old = '## [0.9.0] - 2026-01-01\n\n- A change.\n'
    const text = (first: string) => `# Changelog\n\n${first}\n${old}`
    assert.equal(isReleased(text('## [1.0.0] - 2026-02-03\n\n- More.\n'), '1.0.0'), true)
    assert.equal(
      isReleased(text('## [Unreleased]\n\n## [1.0.0] - 2026-02-03\n- X\n'), '1.0.0'),
      true,
    )
    assert.equal(isReleased(text('## [Unreleased]\n\n- More.\n'), '1.0.0'), false)
    assert.equal(isReleased(text(''), '1.0.0'), false)
    assert.equal(isReleased('', '1.0.0'), false)
  })
})

describe('dist/, before it is packed', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'qcom-smem-dist-'))
    for (const name of ['dist', 'lib']) mkdirSync(join(folder, name))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const put = (name: string, age = 0): void => {
    writeFileSync(join(folder, name), '')
    const time = Date.now() / 1000 - age
    utimesSync(join(folder, name), time, time)
  }
  const complaints = async (): Promise<string[]> =>
    (await import(script('package/dist.js'))).complaints(folder)

  it('is fine where every file has its source', async () => {
    put('lib/heap.ts', 10)
    for (const name of ['cli.cjs', 'heap.js', 'heap.d.ts', 'heap.js.map', '.tsbuildinfo']) {
      put(`dist/${name}`)
    }
    assert.deepEqual(await complaints(), [])
  })

  it('is refused where nothing was built', async () => {
    assert.deepEqual(await complaints(), ['dist/cli.cjs is missing: nothing has been built'])
  })

  it('is refused with a file whose source is gone', async () => {
    put('dist/cli.cjs')
    put('dist/old.js')
    assert.deepEqual(await complaints(), ['dist/old.js has no source'])
  })

  it('is refused where a source is newer', async () => {
    put('dist/cli.cjs', 10)
    put('lib/heap.ts')
    assert.deepEqual(await complaints(), ['lib/heap.ts is newer than what is built'])
  })
})
