// SPDX-License-Identifier: MIT
// A process that has ended, for pages that speak of one.

import { spawnSync } from 'node:child_process'
import { nodeCommand } from '../node.js'

/** Index of the words in the page of the lock file: pid, then start time. */
export const PID = 6

/** The id of a process that ran and is no more. */
export function deadPid(): number {
  const [command, ...prefix] = nodeCommand()
  return spawnSync(command, [...prefix, '--version']).pid
}
