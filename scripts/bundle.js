// SPDX-License-Identifier: MIT
// The command line as one CommonJS file: node starts that in about half the time that it needs to find and
// link the same code as modules. In that file each command is a part of its own, kept as text, which costs next to
// nothing until it is asked for (docs/decisions/0007-one-file-cli.md).

import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { build, transform } from 'esbuild'

const outfile = 'dist/cli.cjs'

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
const { outputFiles } = await build({
  ...common,
  entryPoints: { main: 'dist/cli/main.js', ...lateParts },
  outdir: '.',
  bundle: true,
  splitting: true,
  write: false,
  format: 'esm',
  // A part has no import.meta: where a module asks for its own address, it gets the bundle's.
  define: { 'import.meta.url': 'bundleUrl' },
  plugins: [loadLate, inlineAssets],
})

const parts = await Promise.all(
  outputFiles.map(async ({ path, text }) => {
    const supported = { 'dynamic-import': false }
    const { code } = await transform(text, { ...common, format: 'cjs', supported })
    return [`./${basename(path)}`, code]
  }),
)

writeFileSync(
  outfile,
  `#!/usr/bin/env node
'use strict'
const { compileFunction } = require('node:vm')
const { fileURLToPath, pathToFileURL } = require('node:url')
const bundleUrl = pathToFileURL(__filename).href
const parts = ${JSON.stringify(Object.fromEntries(parts))}
const loaded = {}
function load(name) {
  if (!(name in parts)) return require(name.startsWith('file:') ? fileURLToPath(name) : name)
  if (loaded[name] === undefined) {
    const module = (loaded[name] = { exports: {} })
    const filename = __filename + name.slice(1)
    compileFunction(parts[name], ['require', 'module', 'exports', 'bundleUrl'], { filename })(
      load, module, module.exports, bundleUrl,
    )
  }
  return loaded[name].exports
}
load('./main.js')
`,
)
chmodSync(outfile, 0o755)
