// SPDX-License-Identifier: MIT
// The static entry points: a program that is one bundle brings its native module along, whichever way its bundler
// takes a .node file. Each case is a bundle in a folder of its own, from where nothing of this package is in reach.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { nativeStatus } from '#lib/native/load.js'
import { nodeCommand } from '../node.js'
import { projectFile } from './source.js'

const run = promisify(execFile)
const { target } = nativeStatus()
const entry = `qcom-smem/native/${target}`

const program = (...entries: string[]) => `
  ${entries.map((name) => `import '${name}'`).join('\n')}
  import { Smem } from 'qcom-smem'
  try {
    const smem = Smem.open({ source: 'fake' })
    console.log([...smem.items()].length)
  } catch (error) {
    console.log(error.code, error.hint)
  }`

describe('the static entry points for bundlers', () => {
  let folder = ''

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'qcom-smem-entry-')))
    const packed = join(folder, 'node_modules/qcom-smem')
    for (const part of ['dist', 'package.json', 'CMakeLists.txt']) {
      cpSync(projectFile(part), join(packed, part), { recursive: true })
    }
    const module = nativeStatus().loaded!
    cpSync(module, join(packed, `prebuilds/${target}/qcom_smem.node`))
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  async function bundled(text: string, options: object): Promise<string> {
    const { build } = await import('esbuild')
    writeFileSync(join(folder, 'program.mjs'), text)
    await build({
      entryPoints: [join(folder, 'program.mjs')],
      outdir: join(folder, 'out'),
      bundle: true,
      platform: 'node',
      nodePaths: [projectFile('node_modules')],
      logLevel: 'silent',
      ...options,
    })
    // Alone in another place: what it did not bring along is not there.
    const away = mkdtempSync(join(folder, 'away-'))
    cpSync(join(folder, 'out'), away, { recursive: true })
    rmSync(join(folder, 'node_modules'), { recursive: true })
    const name = readdirSync(away).find((file) => /^program\./.test(file))!
    const [command, ...prefix] = nodeCommand()
    const env = { ...process.env, QCOM_SMEM_BINDING: '' }
    const { stdout } = await run(command, [...prefix, join(away, name)], { env, cwd: away })
    return stdout.trim()
  }

  const cjs = { format: 'cjs', outExtension: { '.js': '.cjs' } }
  const banner =
    "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)"
  const esm = { format: 'esm', outExtension: { '.js': '.mjs' }, banner: { js: banner } }

  it('bring the module along in a CommonJS bundle', async () => {
    assert.match(await bundled(program(entry), { ...cjs, loader: { '.node': 'copy' } }), /^\d+$/)
  })

  it('bring it along as a file', async () => {
    assert.match(await bundled(program(entry), { ...cjs, loader: { '.node': 'file' } }), /^\d+$/)
  })

  it('bring it along in a bundle of modules', async () => {
    assert.match(await bundled(program(entry), { ...esm, loader: { '.node': 'copy' } }), /^\d+$/)
  })

  it('are what the error asks for in a bundle without one', async () => {
    const said = await bundled(program(), cjs)
    assert.equal(said, `ENODEV name the file in QCOM_SMEM_BINDING; in a bundle, import '${entry}'`)
  })
})
