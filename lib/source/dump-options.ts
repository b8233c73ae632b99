// SPDX-License-Identifier: MIT
// The options that describe a dump. Memory of a running SoC, or of a fake one, knows all this of itself: there they are
// not used, and whoever gave one is told, not left to believe that it had an effect.

import type { SourceOptions } from './source.js'

/** By their names in the library, what the command line calls them. */
const flags: readonly (readonly [keyof SourceOptions, string])[] = [
  ['base', '--base'],
  ['aux', '--aux'],
  ['segments', '--segment'],
  ['soc', '--board'],
  ['dtb', '--dtb'],
]

/** One sentence for each that was given with a source that is no dump. */
export function unusedDumpOptions(options: SourceOptions, source: string): string[] {
  return flags
    .filter(([name]) => options[name] !== undefined)
    .map(([, flag]) => `${flag} describes a dump, and ${source} is none: it is not used`)
}
