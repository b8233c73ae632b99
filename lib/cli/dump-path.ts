// SPDX-License-Identifier: MIT
// Just the path of a dump, where a line need not say what kind of dump it is.

import { statSync } from 'node:fs'

/** The source of that path: a directory is a split dump. */
export function sourceOfPath(path: string): string {
  return `${isDirectory(path) ? 'dir' : 'file'}:${path}`
}

/** What cannot be looked at is told by the source. */
function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
