// SPDX-License-Identifier: MIT
// A command that runs while this program keeps something for it: a claim, a fake SoC. It has our streams, and what it
// ends with is our exit code.

import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fromSystemError } from '../errors.js'
import { usage } from './arguments.js'
import type { Context } from './command.js'

/** As a shell has it, for a command that a signal ended. */
const BY_SIGNAL = 128

/** What is sent to us alone, and meant for it. */
const passedOn = ['SIGTERM', 'SIGHUP'] as const

/**
 * Runs it until it ends. Ctrl-C reaches it by itself, and it alone decides what that means.
 * @param environment what it has beside ours
 * @returns its exit code
 * @throws SmemError where it cannot be started
 */
export async function runCommand(
  { onSignal }: Context,
  [file, ...args]: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<number> {
  if (!file) throw usage('the command to run has no name', 'for example -- sh -c "..."')
  const env = { ...process.env, ...environment }
  const child = spawn(file, args, { stdio: 'inherit', env })
  const off = [
    onSignal('SIGINT', () => {}),
    ...passedOn.map((signal) => onSignal(signal, () => child.kill(signal))),
  ]
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code, signal) => {
        resolve(code ?? BY_SIGNAL + constants.signals[signal!])
      })
    })
  } catch (error) {
    throw fromSystemError(error, `run ${file}`, { origin: 'input' })
  } finally {
    for (const end of off) end()
  }
}
