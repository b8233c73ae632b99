// SPDX-License-Identifier: MIT
// `qcom-smem serve --metrics` as a process of its own, on a fake SoC that a test has made; ended by its process id.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeCommand } from '../node.js'
import { root } from './prometheus.js'

const program = join(root, 'dist/cli.cjs')

export class Exporter {
  /** Address and port, as Prometheus takes them. */
  readonly target: string
  readonly #process: ChildProcess
  readonly #folder: string
  readonly #token: string | null

  private constructor(process: ChildProcess, target: string, folder: string, token: string | null) {
    this.#process = process
    this.target = target
    this.#folder = folder
    this.#token = token
  }

  /** `source`: as `--source` takes it. With a `token` it lets nobody in who does not show that. */
  static async start(source: string, token: string | null = null): Promise<Exporter> {
    const [node, ...prefix] = nodeCommand()
    const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-exporter-'))
    const args = ['--source', source, 'serve', '--metrics', '--interval', '100']
    if (token !== null) {
      const file = join(folder, 'token')
      writeFileSync(file, `${token}\n`, { mode: 0o600 })
      args.push('--token-file', file)
    }
    const process = spawn(node, [...prefix, program, ...args, '--listen', '127.0.0.1:0'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    const target = await new Promise<string>((resolve, reject) => {
      for (const stream of [process.stdout, process.stderr]) {
        stream.setEncoding('utf8').on('data', (text) => {
          said += text
          const [, found] = /http:\/\/(127\.0\.0\.1:\d+)/.exec(said) ?? []
          if (found !== undefined) resolve(found)
        })
      }
      process.on('exit', () => reject(new Error(`the server ended after: ${said}`)))
    })
    return new Exporter(process, target, folder, token)
  }

  async scrape(token = this.#token): Promise<Response> {
    const headers = token === null ? {} : { Authorization: `Bearer ${token}` }
    return await fetch(`http://${this.target}/metrics`, { headers })
  }

  async end(): Promise<void> {
    rmSync(this.#folder, { recursive: true, force: true })
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const ended = once(this.#process, 'exit')
    this.#process.kill('SIGTERM')
    await ended
  }
}
