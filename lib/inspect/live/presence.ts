// SPDX-License-Identifier: MIT
// Whether a source is still the one that was opened. What is mapped stays mapped when the process that made it has
// ended, and nothing changes in it any more: that a fake SoC has ended, or was started again, shows in its path only.

import { statSync } from 'node:fs'
import { sourceName } from '../../source/open.js'
import type { SourceOptions } from '../../source/source.js'

/** Sources that are found by a path, and whether what is there may be written anew in its place. */
const schemes: Readonly<Record<string, { readonly rewritten: boolean }>> = {
  fake: { rewritten: false },
  file: { rewritten: true },
  dir: { rewritten: true },
}

/** What stands for a source: another text for another one; null where nothing is there. */
export function identity(options: SourceOptions): string | null {
  const [, scheme = '', path = ''] = /^(\w+):(.*)$/s.exec(sourceName(options)) ?? []
  const kind = schemes[scheme]
  if (kind === undefined || (scheme === 'fake' && !path.includes('/'))) return 'always there'
  try {
    const { dev, ino, size, mtimeMs } = statSync(path)
    return [dev, ino, ...(kind.rewritten ? [size, mtimeMs] : [])].join(' ')
  } catch {
    return null
  }
}
