// SPDX-License-Identifier: MIT
// Modules of the page, which are not part of the library: bundled here as its build bundles them.

import { join } from 'node:path'
import { build } from 'esbuild'

const page = join(import.meta.dirname, '../../../../lib/page')

/** The exports of lib/page/`path`. */
export async function frontEnd<T>(path: string): Promise<T> {
  const { outputFiles } = await build({
    entryPoints: [join(page, path)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
  })
  return await import(`data:text/javascript,${encodeURIComponent(outputFiles[0]!.text)}`)
}
