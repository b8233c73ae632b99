// SPDX-License-Identifier: MIT
// One command line run in this process, with what it prints.

import { run } from '#lib/cli/program.js'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export function qcomSmem(...args: string[]): Ran {
  let out = ''
  let err = ''
  const code = run(args, {
    isTerminal: false,
    env: {},
    out: (data) => {
      out += data
    },
    err: (text) => {
      err += text
    },
  })
  return { code, out, err }
}
