// SPDX-License-Identifier: MIT
// Options of the commands that have to do with the lock: by which id it is taken, how long it is waited for, and
// the file by which local processes keep out of each other's way.

import type { SmemOptions } from '../smem.js'
import { parseNumber, usage } from './arguments.js'
import type { CommandOption, Options } from './command.js'

export const lockFileOption: CommandOption = {
  flags: '--lock-file <file>',
  summary: 'the one that all local programs use (default: /run/qcom-smem.lock)',
}

export const policyOptions: readonly CommandOption[] = [
  { flags: '--owner-id <id>', summary: 'what is written into the mutex to take it (default: 251)' },
  { flags: '--lock-timeout <ms>', summary: 'how long to wait for the mutex (default: 1000)' },
  lockFileOption,
]

/** @throws SmemError EINVAL */
export function parsePolicy(options: Options) {
  const { ownerId, lockTimeout, lockFile } = options
  return {
    ownerId: number(ownerId, '--owner-id 251'),
    lockTimeout: number(lockTimeout, '--lock-timeout 5000'),
    lockFile: typeof lockFile === 'string' ? lockFile : undefined,
  } satisfies SmemOptions
}

/** `example` is how it is written. */
function number(text: Options[string], example: string): number | undefined {
  if (typeof text !== 'string') return undefined
  const value = parseNumber(text)
  if (value !== null) return value
  throw usage(`${example.split(' ')[0]} "${text}" is no number`, `for example ${example}`)
}
