// SPDX-License-Identifier: MIT
// A program that answers Prometheus: `qcom-smem serve --metrics` on a fake SoC that a test has made, ended by its
// process id.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { nodeCommand } from '../node.js'

/** This file is build/ts/test/metrics/exporter.js. */
const program = fileURLToPath(new URL('./scrape-server.js', import.meta.url))

export class Exporter {
  readonly target: string
  readonly #process: ChildProcess

  private constructor(process: ChildProcess, target: string) {
    this.#process = process
    this.target = target
  }

  /** `source`: as `--source` takes it. */
  static async start(source: string): Promise<Exporter> {
    const [node, ...prefix] = nodeCommand()
    const process = spawn(node, [...prefix, program, source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    process.stdout!.setEncoding('utf8')
    for await (const text of process.stdout!.iterator({ destroyOnReturn: false })) {
      said += text
      const [, target] = /http:\/\/(127\.0\.0\.1:\d+)/.exec(said) ?? []
      if (target !== undefined) return new Exporter(process, target)
    }
    throw new Error(`the server ended after: ${said}`)
  }

  async scrape(): Promise<string> {
    const response = await fetch(`http://${this.target}/metrics`)
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    return await response.text()
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const ended = once(this.#process, 'exit')
    this.#process.kill('SIGTERM')
    await ended
  }
}
