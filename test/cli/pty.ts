// SPDX-License-Identifier: MIT
// A program on a terminal of its own, whose keys a test presses and whose bytes it sees.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { nodeCommand } from '../node.js'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

const DEADLINE = 50_000

export class Pty {
  /** All that was written to the terminal since the start, or since `forget`. */
  output = ''
  readonly #child: ChildProcess
  readonly #exit: Promise<unknown[]>
  readonly #deadline: NodeJS.Timeout

  constructor(
    command: readonly string[],
    columns: number,
    rows: number,
    { env = process.env, cwd }: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
  ) {
    const script = `${root}test/cli/own-terminal.py`
    this.#child = spawn('python3', [script, String(columns), String(rows), ...command], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...env, TERM: 'xterm', NO_COLOR: '' },
      cwd,
    })
    this.#exit = once(this.#child, 'exit')
    // Rather than hang: a test that waits for what never comes gets to see what came.
    this.#deadline = setTimeout(() => this.#child.kill(), DEADLINE)
    this.#child.stdout!.setEncoding('latin1').on('data', (text: string) => {
      this.output += text
    })
  }

  /** `qcom-smem` with these arguments. */
  static ofProgram(args: readonly string[], columns: number, rows: number): Pty {
    return new Pty([...nodeCommand(), `${root}dist/cli.cjs`, ...args], columns, rows)
  }

  /** Resolves once the terminal has got what matches. */
  async shows(wanted: RegExp | string): Promise<void> {
    const pattern =
      typeof wanted === 'string' ? { test: (all: string) => all.includes(wanted) } : wanted
    while (!pattern.test(this.output)) {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
        throw new Error(`ended without ${wanted}: ${JSON.stringify(this.output)}`)
      }
      await Promise.race([once(this.#child.stdout!, 'data'), this.#exit])
    }
  }

  forget(): void {
    this.output = ''
  }

  type(keys: string): void {
    this.#tell(`type ${Buffer.from(keys).toString('hex')}`)
  }

  resize(columns: number, rows: number): void {
    this.#tell(`size ${columns} ${rows}`)
  }

  kill(signal: number): void {
    this.#tell(`kill ${signal}`)
  }

  /** Lets it go on once it is stopped. */
  resume(): void {
    this.#tell('resume')
  }

  /** The exit code of the program. */
  async ended(): Promise<number> {
    const [code] = await this.#exit
    return code as number
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#deadline)
    this.#child.kill()
  }

  #tell(order: string): void {
    this.#child.stdin!.write(`${order}\n`)
  }
}
