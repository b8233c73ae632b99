// SPDX-License-Identifier: MIT
// The command line as one CommonJS file: node starts that in about half the time that it needs to find and
// link the same code as modules (docs/decisions/0007-one-file-cli.md).

import { chmodSync } from 'node:fs'
import { build } from 'esbuild'

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

await build({
  entryPoints: ['dist/cli/main.js'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // CommonJS has no import.meta: where a module asks for its own address, it gets the bundle's.
  banner: {
    js: "#!/usr/bin/env node\nconst bundleUrl = require('node:url').pathToFileURL(__filename).href",
  },
  define: { 'import.meta.url': 'bundleUrl' },
  // Compiling is a good part of the start: fewer characters, but names stay for the traces of bugs.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  plugins: [loadLate],
  logLevel: 'warning',
})
chmodSync(outfile, 0o755)
