// SPDX-License-Identifier: MIT
// One command line run in this process, with what it prints; bytes that are no text as latin1.

import { run } from '#lib/cli/program.js'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export async function runCli(
  args: readonly string[],
  { isTerminal = false, isErrorTerminal = false, env = {} as NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  let out = ''
  let err = ''
  const code = await run(args, {
    isTerminal,
    isErrorTerminal,
    env,
    out: (data) => {
      out += typeof data === 'string' ? data : Buffer.from(data).toString('latin1')
    },
    err: (text) => {
      err += text
    },
  })
  return { code, out, err }
}

export function qcomSmem(...args: string[]): Promise<Ran> {
  return runCli(args)
}
