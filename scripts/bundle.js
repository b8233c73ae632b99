// SPDX-License-Identifier: MIT
// The command line as one CommonJS file: node starts that in about half the time that it needs to find and
// link the same code as modules (docs/decisions/0007-one-file-cli.md).

import { chmodSync } from 'node:fs'
import { build } from 'esbuild'

const outfile = 'dist/cli.cjs'

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
  legalComments: 'none',
  logLevel: 'warning',
})
chmodSync(outfile, 0o755)
