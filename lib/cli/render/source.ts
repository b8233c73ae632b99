// SPDX-License-Identifier: MIT
// What people should know of a source by its name.

import type { SmemOptions } from '../../smem.js'

/** A fake SoC that was made for this command and ends with it; one that is named by a path is somebody's. */
export function isPassing(source: string): boolean {
  return source.startsWith('fake') && !source.includes('/')
}

/** One sentence where the line names a source that the command does not look at: `why` not. */
export function notUsed({ source }: SmemOptions, why: string): string[] {
  return source === undefined ? [] : [`warning: ${why}: --source ${source} is not used`]
}
