// SPDX-License-Identifier: MIT
// npm runs the script `prebuild` by itself before `build`, as it does with any two of such names. Both names are
// wanted here, and a build must not need every cross compiler; npm does not say why it runs a script, but its process
// is called after what it was asked for.

import { readFileSync } from 'node:fs'

/** The line of words that a process shows, and the process that started it; null where there is no /proc. */
function processOf(pid) {
  try {
    const name = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    // The second field of `stat`, in parentheses, may hold anything; the parent is the second behind it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return { name, parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }
  } catch {
    return null
  }
}

/** Whether npm was asked for `build`, and this runs only because of its name. */
export function isHookOfBuild() {
  if (process.env.npm_lifecycle_event !== 'prebuild') return false
  for (let pid = process.ppid; pid > 1; ) {
    const found = processOf(pid)
    if (found === null) return false
    const [, script] = /^npm (?:run|run-script) ([\w:-]+)/.exec(found.name) ?? []
    if (script !== undefined) return script === 'build'
    pid = found.parent
  }
  return false
}
