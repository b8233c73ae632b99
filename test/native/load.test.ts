// SPDX-License-Identifier: MIT
// Which file is loaded as the native module, and what is said where none can be. Each case is a package of
// its own in a temporary folder, and a process of its own.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { NativeStatus } from '#lib/native/load.js'
import { loadNative, nativeStatus } from '#lib/native/load.js'
import { nodeCommand } from '../node.js'
import { projectFile } from './source.js'

const run = promisify(execFile)
const target = `${process.platform}-${process.arch}`

interface Told {
  status: NativeStatus
  works: boolean
  error: { code: string; errno: number; syscall: string; message: string; hint: string } | null
}

const script = `
  const { loadNative, nativeStatus } = await import(process.argv[1])
  const status = nativeStatus()
  let works = false, error = null
  try { works = loadNative().createMemfd('loaded', 4096) > 2 }
  catch (e) { const { code, errno, syscall, message, hint } = e; error = { code, errno, syscall, message, hint } }
  console.log(JSON.stringify({ status, works, error }))
`

describe('the loader of the native module', () => {
  const binary = nativeStatus().loaded ?? ''
  let root = ''

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'qcom-smem-load-')))
    writeFileSync(join(root, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(root, 'CMakeLists.txt'), '')
    for (const file of ['native', 'errors.js']) {
      cpSync(projectFile(`dist/${file}`), join(root, 'dist', file), { recursive: true })
    }
  })

  afterEach(() => rmSync(root, { recursive: true }))

  /** Puts the module, or `text` instead, into the package. */
  function place(path: string, text?: string | Uint8Array): string {
    const file = join(root, path, 'qcom_smem.node')
    mkdirSync(dirname(file), { recursive: true })
    if (text === undefined) cpSync(binary, file)
    else writeFileSync(file, text)
    return file
  }

  async function tell(named = '', module = 'dist/native/load.js'): Promise<Told> {
    const [command, ...prefix] = nodeCommand()
    const node = [...prefix, '--input-type=module', '-e', script, join(root, module)]
    const env = { ...process.env, QCOM_SMEM_BINDING: named }
    const { stdout } = await run(command, node, { env })
    return JSON.parse(stdout) as Told
  }

  it('gives the same module each time', () => {
    assert.equal(loadNative(), loadNative())
    assert.equal(nativeStatus().loaded, binary)
    assert.match(nativeStatus().libc ?? '', /^(glibc \d|musl$)/)
  })

  it('prefers a local build to a prebuilt', async () => {
    place(`prebuilds/${target}`)
    const local = place('build/Release')
    const { status, works } = await tell()
    assert.equal(status.loaded, local)
    assert.equal(status.kind, 'local build')
    assert.deepEqual(status.tried, [])
    assert.ok(works)
  })

  it('takes a debug build, then a prebuilt, and keeps what was tried before', async () => {
    const prebuilt = place(`prebuilds/${target}`)
    const release = place('build/Release', 'no ELF file')
    const { status, works } = await tell()
    assert.equal(status.loaded, prebuilt)
    assert.equal(status.kind, 'prebuilt')
    assert.equal(status.target, nativeStatus().target)
    assert.ok(works)
    const [first, second, third] = status.tried
    assert.equal(first?.path, release)
    assert.equal(first?.error, 'it is no ELF file')
    assert.equal(second?.path, join(root, 'build/Debug/qcom_smem.node'))
    assert.equal(second?.error, 'no such file')
    assert.equal(third, undefined)
    const debug = place('build/Debug')
    assert.equal((await tell()).status.loaded, debug)
  })

  it('tries the musl prebuilt last', async () => {
    const musl = place(`prebuilds/${target}-musl`)
    place(`prebuilds/${target}`, 'for another libc')
    const { status } = await tell()
    assert.equal(status.loaded, musl)
    assert.equal(status.tried.length, 3)
  })

  it('finds a prebuilt where no sources were copied along, and then has no way to build one', async () => {
    rmSync(join(root, 'CMakeLists.txt'))
    const prebuilt = place(`prebuilds/${target}`)
    assert.equal((await tell()).status.loaded, prebuilt)
    place(`prebuilds/${target}`, 'no ELF file')
    const { status, error } = await tell()
    assert.match(status.remedy, /^name the file in QCOM_SMEM_BINDING/)
    assert.match(error?.hint ?? '', /^name the file in QCOM_SMEM_BINDING/)
  })

  it('takes the file that QCOM_SMEM_BINDING names, and no other', async () => {
    place('build/Release')
    const named = place('elsewhere')
    const found = (await tell(named)).status
    assert.deepEqual([found.loaded, found.kind], [named, 'named'])
    const { status, works, error } = await tell(join(root, 'nowhere.node'))
    assert.equal(status.loaded, null)
    assert.equal(status.kind, 'none')
    assert.equal(works, false)
    assert.deepEqual(status.tried, [{ path: join(root, 'nowhere.node'), error: 'no such file' }])
    assert.equal(error?.code, 'ENODEV')
    assert.match(error?.hint ?? '', /^QCOM_SMEM_BINDING names the only file that is tried/)
  })

  it('tells a file that cannot be read from one that is not there', async () => {
    const { status } = await tell(root)
    assert.deepEqual(status.tried, [{ path: root, error: 'it cannot be read (EISDIR)' }])
  })

  it('says ENODEV with the machine, what was tried, and how to build it', async () => {
    const broken = place('build/Release', 'no ELF file')
    const { error } = await tell()
    assert.equal(error?.code, 'ENODEV')
    assert.equal(error?.syscall, 'dlopen')
    assert.ok(error.message.includes(`${process.platform}, ${process.arch}, `), error.message)
    const build = `cd ${root} && npm install --prefix build node-addon-api@8 node-api-headers@1 && cmake`
    assert.ok(error.hint.includes(build), error.hint)
    assert.ok(error.hint.includes(`${broken}: it is no ELF file`), error.hint)
    assert.ok(error.hint.includes(`prebuilds/${target}/qcom_smem.node: no such file`), error.hint)
    assert.doesNotMatch(`${error.message}${error.hint}`, /\n/)
  })

  it('tells a module for another processor', async () => {
    const bytes = readFileSync(binary)
    bytes.writeUInt16LE(243, 18)
    const path = place('build/Release', bytes)
    const { status } = await tell()
    assert.equal(status.loaded, null)
    const error = `it is for riscv64, and this is ${process.arch}`
    assert.deepEqual(status.tried[0], { path, error })
  })

  it('finds the package from a bundle in dist/', async () => {
    const { build } = await import('esbuild')
    await build({
      entryPoints: [join(root, 'dist/native/load.js')],
      outfile: join(root, 'dist/cli.cjs'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href" },
      define: { 'import.meta.url': 'bundleUrl' },
    })
    const local = place('build/Release')
    const { status, works } = await tell('', 'dist/cli.cjs')
    assert.equal(status.loaded, local)
    assert.ok(works)
  })

  it('loads nothing at import', async () => {
    const local = place('build/Release')
    const [command, ...prefix] = nodeCommand()
    const lazy = `
      const { dlopen } = process
      const opened = []
      process.dlopen = (module, path) => { opened.push(path); return dlopen(module, path) }
      const { nativeStatus } = await import(process.argv[1])
      const before = opened.length
      nativeStatus()
      nativeStatus()
      console.log(JSON.stringify({ before, opened }))`
    const node = [...prefix, '--input-type=module', '-e', lazy, join(root, 'dist/native/load.js')]
    const env = { ...process.env, QCOM_SMEM_BINDING: '' }
    const { stdout } = await run(command, node, { env })
    assert.deepEqual(JSON.parse(stdout), { before: 0, opened: [local] })
  })
})
