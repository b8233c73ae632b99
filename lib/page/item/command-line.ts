// SPDX-License-Identifier: MIT
// The command that shows the same item in a terminal. The source's name is quoted: a dump may be called anything.

import type { PageData, PageItem } from '../../inspect/page.js'
import { visible } from './text.js'

/** Null for what has no id to ask for. */
export function commandLine(
  source: PageData['info']['source'],
  { id, host }: Pick<PageItem, 'id' | 'host'>,
): string | null {
  if (id === null) return null
  const from = source === 'live' ? [] : ['--source', quoted(source)]
  const whose = host === null ? [] : ['--host', String(host)]
  return ['qcom-smem', ...from, 'show', String(id), ...whose].join(' ')
}

/** As one word of a POSIX shell. */
function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  return `'${visible(word).replaceAll("'", "'\\''")}'`
}
