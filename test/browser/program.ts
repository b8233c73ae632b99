// SPDX-License-Identifier: MIT
// The program as it is shipped, in one file, for the browser to look at what it writes and serves.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { nodeCommand } from '../node.js'

const cli = join(import.meta.dirname, '../../../../dist/cli.cjs')

/** What a run that succeeds prints. */
export function run(args: readonly string[], expected: readonly number[] = [0]): string {
  const [command, ...prefix] = nodeCommand()
  const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const
  const { status, stdout, stderr } = spawnSync(command, [...prefix, cli, ...args], options)
  assert.ok(expected.includes(status!), `${args.join(' ')} ended with ${status}: ${stderr}`)
  return stdout
}

export function json<T = unknown>(args: readonly string[], expected?: readonly number[]): T {
  return JSON.parse(run([...args, '--json'], expected)) as T
}

export interface Server {
  /** Where a browser finds the page. */
  readonly url: string
  stop(): Promise<void>
}

/** `serve` until it says where; the address is the first that it prints. */
export async function serve(source: string, args: readonly string[] = []): Promise<Server> {
  const [command, ...prefix] = nodeCommand()
  const child = spawn(command, [...prefix, cli, '--source', source, 'serve', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const url = await address(child)
  return {
    url,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}

function address(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (data: Buffer) => {
      said += data
      const [url] = /http:\/\/[^\s"]+/.exec(said) ?? []
      if (url !== undefined && said.slice(said.indexOf(url) + url.length) !== '') resolve(url)
    }
    child.stdout!.on('data', hear)
    child.stderr!.on('data', hear)
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${said}`)))
  })
}
