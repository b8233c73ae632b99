// SPDX-License-Identifier: MIT
// The command line as one CommonJS file: node starts that in about half the time that it needs to find and
// link the same code as modules. In that file each command is a part of its own, kept as text, which costs next to
// nothing until it is asked for (docs/decisions/0007-one-file-cli.md).

import { chmodSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { build, transform } from 'esbuild'

const outfile = 'dist/cli.cjs'

// Built-in modules that take a millisecond or more to load, and what is called of them. Most runs call none of
// it, so each is loaded by its first call. An import that is not listed here fails the build.
const late = {
  'node:child_process': ['spawn', 'spawnSync'],
  'node:tty': ['isatty'],
  'node:zlib': ['gunzipSync'],
}

const loadLate = {
  name: 'load late',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, namespace }) =>
      namespace !== 'late' && path in late ? { path, namespace: 'late' } : { path, external: true },
    )
    onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({
      contents: late[path]
        .map((name) => `export const ${name} = (...args) => require('${path}').${name}(...args)`)
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
  entryPoints: ['dist/cli/main.js'],
  outdir: '.',
  bundle: true,
  splitting: true,
  write: false,
  format: 'esm',
  // A part has no import.meta: where a module asks for its own address, it gets the bundle's.
  define: { 'import.meta.url': 'bundleUrl' },
  plugins: [loadLate],
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
