// SPDX-License-Identifier: MIT
// The golden items of a decoder lie in the file of its name, in this folder.

import { existsSync } from 'node:fs'
import { builtinDecoders } from '#lib/items/registry.js'
import type { Golden } from './golden.js'

/** Of one decoder; none where it has no such file. */
export async function goldenOf(decoder: string): Promise<readonly Golden[]> {
  const file = new URL(`./${decoder}.js`, import.meta.url)
  if (!existsSync(file)) return []
  const { golden } = (await import(file.href)) as { golden: readonly Golden[] }
  return golden
}

/** Of every decoder, by its name. */
export async function allGolden(): Promise<ReadonlyMap<string, readonly Golden[]>> {
  const entries = builtinDecoders.map(async ({ name }) => [name, await goldenOf(name)] as const)
  return new Map(await Promise.all(entries))
}
