// SPDX-License-Identifier: MIT
// What people should know of a source by its name.

/** A fake SoC that was made for this command and ends with it; one that is named by a path is somebody's. */
export function isPassing(source: string): boolean {
  return source.startsWith('fake') && !source.includes('/')
}

/** Where the line names a source that the command does not look at: `why` not. */
export function notUsed(source: string, why: string): string {
  return `warning: ${why}: --source ${source} is not used`
}
