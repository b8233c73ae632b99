// SPDX-License-Identifier: MIT
// The page as one script and one style sheet, in dist/page: all that a report has in it beside its data, and that the
// live page is served. Rooms of lib/page import their style sheets, which come out as one.

import { build } from 'esbuild'

await build({
  entryPoints: { page: 'lib/page/main.tsx' },
  outdir: 'dist/page',
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none',
  charset: 'ascii',
  logLevel: 'warning',
})
