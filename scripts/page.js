// SPDX-License-Identifier: MIT
// The page as one script and one style sheet, in dist/page: all that a report has in it beside its data, and that the
// live page is served. Rooms of lib/page import their style sheets, which come out as one.

import { readFileSync } from 'node:fs'
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

// Both stand inside an HTML file, whose parser would end them there.
for (const file of ['dist/page/page.js', 'dist/page/page.css']) {
  const found = /<\/(script|style)|<!--/i.exec(readFileSync(file, 'utf8'))
  if (found !== null) throw new Error(`${file} has "${found[0]}" in it`)
}
