// SPDX-License-Identifier: MIT
// A real Prometheus server for a test: on loopback, with a folder of its own, ended by its process id. Its
// configuration is the one that the documentation gives, with our targets and a faster rhythm.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** This file is build/ts/test/metrics/prometheus.js. */
export const root = resolve(import.meta.dirname, '../../../..')
export const fleet = join(root, 'docs/fleet')

const remedy = 'sh scripts/apt-install.sh prometheus'
/** Milliseconds in which whatever is waited for has to happen. */
const PATIENCE = 60_000

/** What it says. @throws Error where it does not end with 0 */
export function promtool(args: readonly string[], input = ''): string {
  const { status, error, stdout, stderr } = spawnSync('promtool', args, { input, encoding: 'utf8' })
  if (error !== undefined) throw new Error(`promtool does not start: ${remedy}`, { cause: error })
  if (status !== 0)
    throw new Error(`promtool ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`)
  return stdout + stderr
}

/** The folder that the documentation describes, as it lies on a server. */
export function fleetFolder(targets: readonly string[], token: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-fleet-'))
  cpSync(fleet, folder, { recursive: true })
  rmSync(join(folder, 'boards'), { recursive: true })
  mkdirSync(join(folder, 'boards'))
  writeFileSync(
    join(folder, 'boards/test.yml'),
    JSON.stringify([{ targets, labels: { rack: 't1' } }]),
  )
  writeFileSync(join(folder, 'qcom-smem.token'), token, { mode: 0o600 })
  return folder
}

export interface Sample {
  readonly metric: Readonly<Record<string, string>>
  readonly value: number
}

export class Prometheus {
  readonly #process: ChildProcess
  readonly #url: string
  readonly #folder: string

  private constructor(process: ChildProcess, url: string, folder: string) {
    this.#process = process
    this.#url = url
    this.#folder = folder
  }

  /** Scrapes `targets` each second; `token` is what it shows them. */
  static async start(targets: readonly string[], token: string): Promise<Prometheus> {
    const folder = fleetFolder(targets, token)
    const path = join(folder, 'prometheus.yml')
    const faster = readFileSync(path, 'utf8')
      .replace(/(scrape_interval|scrape_timeout|evaluation_interval): \d+s/g, '$1: 1s')
      // Nobody is told of these alerts.
      .replace(/targets: \['127[^\]]*\]/, 'targets: []')
    writeFileSync(path, faster)
    const address = `127.0.0.1:${await freePort()}`
    const process = spawn(
      'prometheus',
      [
        `--config.file=${path}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=${address}`,
        '--log.level=error',
      ],
      { stdio: ['ignore', 'ignore', 'inherit'], cwd: folder },
    )
    await Promise.race([
      once(process, 'spawn'),
      once(process, 'error').then(([error]) => {
        throw new Error(`prometheus does not start: ${remedy}`, { cause: error })
      }),
    ])
    const prometheus = new Prometheus(process, `http://${address}`, folder)
    try {
      await prometheus.until(() => prometheus.#isReady())
    } catch (error) {
      await prometheus.end()
      throw error
    }
    return prometheus
  }

  /** What a query gives now. @throws Error where it is no query */
  async query(expression: string): Promise<Sample[]> {
    const { result } = (await this.#api(`query?query=${encodeURIComponent(expression)}`)) as {
      result: { metric: Record<string, string>; value: [number, string] }[]
    }
    return result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }))
  }

  /** Asks until the answer satisfies. */
  async eventually(
    expression: string,
    satisfies: (samples: Sample[]) => boolean,
  ): Promise<Sample[]> {
    let samples: Sample[] = []
    await this.until(
      async () => {
        samples = await this.query(expression)
        return satisfies(samples)
      },
      () => `${expression} gives ${JSON.stringify(samples)}`,
    )
    return samples
  }

  async targets(): Promise<{ health: string; lastError: string; scrapeUrl: string }[]> {
    const { activeTargets } = (await this.#api('targets')) as { activeTargets: never[] }
    return activeTargets
  }

  async rules(): Promise<{ name: string; health: string; lastError?: string }[]> {
    const { groups } = (await this.#api('rules')) as { groups: { rules: never[] }[] }
    return groups.flatMap(({ rules }) => rules)
  }

  async until(holds: () => Promise<boolean>, otherwise = () => 'it did not happen'): Promise<void> {
    const deadline = performance.now() + PATIENCE
    while (!(await holds())) {
      if (this.#process.exitCode !== null) throw new Error('prometheus has ended')
      if (performance.now() > deadline) throw new Error(otherwise())
      await sleep(100)
    }
  }

  async end(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit')
      this.#process.kill('SIGTERM')
      await ended
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.#url}/-/ready`)).ok
    } catch {
      return false
    }
  }

  async #api(path: string): Promise<unknown> {
    const response = await fetch(`${this.#url}/api/v1/${path}`)
    const answer = (await response.json()) as { status: string; error?: string; data: unknown }
    if (answer.status !== 'success') throw new Error(`${path}: ${answer.error}`)
    return answer.data
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
