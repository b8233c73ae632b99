// SPDX-License-Identifier: MIT
// One command of ours, run in this process as if in one of its own: in a folder, with an environment, and with
// somebody at the keyboard.

import { run } from '#lib/cli/program.js'

export interface Place {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  /** Called once a command that watches has had its first look. */
  onFirstLook(): void
  /** Gets data; without it they are shown with the rest. */
  readonly out?: ((data: Uint8Array) => void) | undefined
}

/**
 * A command that watches without an end of its own gets Ctrl-C when it has told what is new.
 * @returns the exit code, and what a terminal would show
 */
export async function runHere(args: readonly string[], place: Place) {
  let printed = ''
  let looksAgain = false
  let pressCtrlC = () => {}
  const ends = args.some((word) => /^--(?:until|count)$/.test(word))
  const leave = enter(place)
  try {
    const code = await run(args, {
      isTerminal: false,
      isErrorTerminal: false,
      env: process.env,
      out: (data) => {
        if (place.out === undefined) printed += textOf(data)
        else place.out(typeof data === 'string' ? Buffer.from(data) : data)
        if (looksAgain && !ends) pressCtrlC()
      },
      err: (text) => {
        printed += text
      },
      session: {
        size: () => ({ columns: 80, rows: 24 }),
        // Asked for after the first look; what that one found is told in the same turn.
        onSignal: (signal, act) => {
          if (signal !== 'SIGINT') return () => {}
          place.onFirstLook()
          pressCtrlC = act
          // Not a turn of the loop: on a slow machine the next look is due before that.
          queueMicrotask(() => {
            looksAgain = true
          })
          return () => {}
        },
        suspend: () => {},
      },
    })
    return { code, printed }
  } finally {
    leave()
  }
}

/** Bytes that are no text as latin1. */
function textOf(data: string | Uint8Array): string {
  return typeof data === 'string' ? data : Buffer.from(data).toString('latin1')
}

/** @returns what undoes it */
function enter({ folder, env }: Place): () => void {
  const from = process.cwd()
  const before = Object.keys(env).map((name) => [name, process.env[name]] as const)
  process.chdir(folder)
  Object.assign(process.env, env)
  return () => {
    process.chdir(from)
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}
