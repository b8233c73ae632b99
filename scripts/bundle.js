// SPDX-License-Identifier: MIT
// The command line as one CommonJS file: node starts that in about half the time that it needs to find and
// link the same code as modules. In that file each command is a part of its own, kept as text, which costs next to
// nothing until it is asked for (docs/decisions/0007-one-file-cli.md).

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { Script } from 'node:vm'
import { deflateRawSync } from 'node:zlib'
import { build, transform } from 'esbuild'

const outfile = 'dist/cli.cjs'
const cacheFile = 'dist/cli.cache'

// What most runs never call is loaded by its first call. Built-in modules that take a millisecond or more to load;
// an import from them that is not listed here fails the build.
const lateBuiltins = {
  'node:child_process': ['spawn', 'spawnSync'],
  'node:http': ['createServer'],
  'node:tty': ['isatty'],
  'node:zlib': ['gunzipSync'],
}

// And modules of our own, by who imports them: each is a part of the bundle, with what only it needs.
const lateModules = {
  'source/open.js': {
    './fake.js': ['openFake'],
    './file.js': ['openDirectory', 'openFile'],
    './live.js': ['openLive'],
  },
  'items/decoders.js': { './registry.js': ['builtinOf'] },
  'heap/heap.js': { './check/checks.js': ['checkHeap'] },
  'source/dump.js': {
    '../dump/elf-reader.js': ['readElfCore'],
    '../dump/ramdump-directory.js': ['openRamdump'],
  },
  'source/file.js': {
    '../board/discover.js': ['discoverBoard'],
    '../board/fdt.js': ['readDtb'],
    '../board/table.js': ['boardOfSoc'],
  },
  'source/location.js': { '../dump/scan.js': ['scanFirst'] },
  'dump/format.js': { './compression.js': ['decompress'] },
  'dump/compression.js': { './unzstd.js': ['unzstd'] },
}

/** What modules read from files beside them: inside the one file there is none. */
const assets = { pageScript: 'dist/page/page.js', pageStyle: 'dist/page/page.css' }

/** `./check/checks.js` of heap/heap.js is the part `heap-check-checks`. */
const partOf = (importer, path) =>
  join(dirname(importer), path).replaceAll('/', '-').replace(/\.js$/, '')

const lateParts = Object.fromEntries(
  Object.entries(lateModules).flatMap(([importer, modules]) =>
    Object.keys(modules).map((path) => [
      partOf(importer, path),
      join('dist', dirname(importer), path),
    ]),
  ),
)

const stubs = (names, module) =>
  names
    .map((name) => `export const ${name} = (...args) => require('${module}').${name}(...args)`)
    .join('\n')

const loadLate = {
  name: 'load late',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, namespace }) =>
      namespace !== 'late' && path in lateBuiltins
        ? { path, namespace: 'late', pluginData: stubs(lateBuiltins[path], path) }
        : { path, external: true },
    )
    onResolve({ filter: /^\.\.?\// }, ({ path, importer, namespace }) => {
      if (namespace === 'late') return { path, external: true }
      const from = relative('dist', importer)
      const names = lateModules[from]?.[path]
      if (names === undefined) return undefined
      const part = partOf(from, path)
      return { path: part, namespace: 'late', pluginData: stubs(names, `./${part}.js`) }
    })
    onLoad({ filter: /.*/, namespace: 'late' }, ({ pluginData }) => ({ contents: pluginData }))
  },
}

const inlineAssets = {
  name: 'inline assets',
  setup({ onLoad }) {
    onLoad({ filter: /\/inspect\/page-assets\.js$/ }, () => ({
      contents: Object.entries(assets)
        .map(([name, file]) => {
          return `export const ${name} = () => ${JSON.stringify(readFileSync(file, 'utf8'))}`
        })
        .join('\n'),
    }))
  },
}

const common = {
  platform: 'node',
  target: 'node20',
  // Compiling is a good part of the start: fewer characters, but names stay for the traces of bugs.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
}

/** The program in parts, as modules: what every run needs, and one for each command. */
const { outputFiles, metafile } = await build({
  ...common,
  entryPoints: { main: 'dist/cli/main.js', ...lateParts },
  outdir: '.',
  bundle: true,
  splitting: true,
  write: false,
  metafile: true,
  format: 'esm',
  // A part has no import.meta: where a module asks for its own address, it gets the bundle's.
  define: { 'import.meta.url': 'bundleUrl' },
  plugins: [loadLate, inlineAssets],
})

const parts = new Map(
  await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const supported = { 'dynamic-import': false }
      const { code } = await transform(text, { ...common, format: 'cjs', supported })
      return [basename(path), code]
    }),
  ),
)

/** The part and all that it loads at once. */
function withNeeds(name, found = new Set()) {
  if (found.has(name)) return found
  found.add(name)
  for (const { path, kind, external } of metafile.outputs[name].imports) {
    if (kind === 'import-statement' && !external) withNeeds(path, found)
  }
  return found
}

// What is compiled together: what `list` needs, from any source, and each other part by itself.
const list = [...parts.keys()].find((name) => name.startsWith('list-'))
const core = withNeeds(list, withNeeds('main.js'))
const units = [[...core], ...[...parts.keys()].filter((name) => !core.has(name)).map((n) => [n])]
const texts = units.map((names) => {
  const functions = names.map(
    (name) =>
      `${JSON.stringify(`./${name}`)}:(function(require,module,exports,bundleUrl){${parts.get(name)}\n})`,
  )
  return `({${functions.join(',')}})`
})
for (const text of texts) new Script(text)
// They stand in a comment, which they must not end, and which is read as a whole at each start: what no `list` needs is
// packed.
const listed = new Set(
  ['source-fake', 'source-file', 'source-live'].flatMap((name) => [
    ...withNeeds(`${name}.js`, new Set(core)),
  ]),
)
const isPacked = units.map(([name]) => !listed.has(name))
const stored = texts.map((text, unit) =>
  isPacked[unit]
    ? deflateRawSync(text, { level: 9 }).toString('base64')
    : text.replaceAll('*/', '*\x01/'),
)

const unitOf = Object.fromEntries(
  units.flatMap((names, unit) => names.map((name) => [`./${name}`, unit])),
)
let end = 0
const spans = stored.map((text, unit) => {
  end += text.length
  return [end - text.length, end, isPacked[unit] ? 1 : 0]
})
const id = createHash('sha256').update(texts.join('')).digest('hex')

/** `last` is run before the program. */
const program = (last) => `#!/usr/bin/env node
'use strict'
const { readFileSync } = require('node:fs')
const { Script } = require('node:vm')
const { fileURLToPath, pathToFileURL } = require('node:url')
const bundleUrl = pathToFileURL(__filename).href
const unitOf = ${JSON.stringify(unitOf)}
const spans = ${JSON.stringify(spans)}
const text = readFileSync(__filename, 'latin1')
const start = text.indexOf('/' + '*PARTS') + 7
const scripts = []
const compiled = []
const loaded = {}
// What the compiler made of the parts before, if that was this program and this node.
const cache = readCache()
function readCache() {
  try {
    const bytes = readFileSync(__filename.replace(/cjs$/, 'cache'))
    const size = bytes.indexOf('\\n') + 1
    const { id, arch, v8, node, spans } = JSON.parse(bytes.latin1Slice(0, size))
    const same = arch === process.arch && v8 === process.versions.v8 && node === process.version
    if (id === '${id}' && same) return (unit) => spans[unit] && bytes.subarray(...spans[unit])
  } catch {}
  return () => undefined
}
function compile(unit) {
  const [from, to, isPacked] = spans[unit]
  const cachedData = cache(unit)
  const kept = text.slice(start + from, start + to)
  const source = isPacked ? unpacked(kept) : kept.replaceAll('*\\x01/', '*/')
  scripts[unit] = new Script(source, { filename: __filename, cachedData })
  return scripts[unit].runInThisContext()
}
function unpacked(text) {
  return require('node:zlib').inflateRawSync(Buffer.from(text, 'base64')).toString('latin1')
}
function load(name) {
  const unit = unitOf[name]
  if (unit === undefined) return require(name.startsWith('file:') ? fileURLToPath(name) : name)
  if (loaded[name] === undefined) {
    const module = (loaded[name] = { exports: {} })
    compiled[unit] ??= compile(unit)
    compiled[unit][name](load, module, module.exports, bundleUrl)
  }
  return loaded[name].exports
}
${last}load('./main.js')
/*PARTS${stored.join('')}*/
`

rmSync(cacheFile, { force: true })
writeFileSync(outfile, program(''))
chmodSync(outfile, 0o755)
writeCache(await warmRuns())

/** What V8 has compiled by the end of a run: of each unit, by its number. */
async function warmRuns() {
  const folder = mkdtempSync('dist/warm-')
  try {
    const [warm, image, told] = ['warm.cjs', 'smem.bin', 'told.json'].map((n) => join(folder, n))
    writeFileSync(
      warm,
      program(`process.on('exit', () => {
  const data = scripts.map((script) => script.createCachedData().toString('base64'))
  require('node:fs').writeFileSync(${JSON.stringify(resolve(told))}, JSON.stringify(data))
})
`),
    )
    const { buildImage } = await import('../dist/testing/image.js')
    const { profiles } = await import('../dist/testing/profiles.js')
    writeFileSync(image, buildImage(profiles.sdm845.describe()).regions[0].bytes)
    const units = []
    // The later run has compiled more of what both need. Without the native module there is no fake.
    for (const source of ['fake', `file:${image}`]) {
      rmSync(told, { force: true })
      const { status } = spawnSync(process.execPath, [warm, '--source', source, 'list'])
      if (status !== 0) continue
      for (const [unit, data] of JSON.parse(readFileSync(told, 'utf8')).entries()) {
        if (data !== null) units[unit] ??= Buffer.from(data, 'base64')
      }
    }
    return units
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** One line says whose cache this is and where each unit's lies; V8 wants them aligned. */
function writeCache(units) {
  const aligned = (size) => Math.ceil(size / 64) * 64
  const HEAD = 4096
  let at = HEAD
  const spans = Object.fromEntries(
    Object.entries(units).map(([unit, { length }]) => {
      const span = [at, at + length]
      at = aligned(at + length)
      return [unit, span]
    }),
  )
  const file = Buffer.alloc(at)
  const { arch, version: node, versions } = process
  file.latin1Write(`${JSON.stringify({ id, arch, v8: versions.v8, node, spans })}\n`)
  for (const [unit, [from]] of Object.entries(spans)) units[unit].copy(file, from)
  writeFileSync(cacheFile, file)
}
