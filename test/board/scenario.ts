// SPDX-License-Identifier: MIT
// One boot with what is done in it and what has to come of it. The boots are run two at a time, for each
// is busy on one processor; the checks follow in the order of the list.

import { rmSync } from 'node:fs'
import { boot, type Meeting, type Result, type Step, type Transcript } from './boot.js'
import type { Cache } from './cache.js'
import type { Image } from './image.js'
import { INSTALLED, job, writeInitramfs } from './initramfs.js'
import type { Ledger } from './ledger.js'
import type { Files } from './newc.js'
import { deviceTree, type TreeStyle } from './tree.js'

/** Something to do in a boot, and what has to come of it. */
export interface Part {
  /** Printed above its checks. */
  readonly heading?: string
  readonly steps: readonly (Step | Meeting)[]
  readonly check: (ledger: Ledger, seen: Seen) => Promise<void>
}

export interface Scenario {
  /** For file names. */
  readonly name: string
  readonly title: string
  readonly image: Image
  readonly tree: TreeStyle
  /** Added to the kernel's command line. */
  readonly append: string
  /** Whether the mutex registers are a mutex; plain RAM otherwise. */
  readonly arbitrated?: boolean
  /** In order; the names of their steps differ. */
  readonly parts: readonly Part[]
}

/** What all scenarios are run with. */
export interface Bench {
  readonly cache: Cache
  /** For the files of one run. */
  readonly folder: string
  /** The emulator's plugin for the mutex registers. */
  readonly mutex: string
  readonly common: Buffer
  readonly installed: Files
}

/** What came of a boot. Of one that failed every result is missing, and says why. */
export class Seen {
  readonly #failure: Error | null
  readonly #transcript: Transcript | null

  constructor(outcome: Transcript | Error) {
    this.#failure = outcome instanceof Error ? outcome : null
    this.#transcript = outcome instanceof Error ? null : outcome
  }

  get transcript(): Transcript {
    if (this.#transcript === null) throw this.#failure
    return this.#transcript
  }

  result(step: string): Result {
    if (this.#transcript === null) throw new Error('the boot failed')
    const result = this.#transcript.results.get(step)
    if (result === undefined) throw new Error(`the guest never said what came of the step ${step}`)
    return result
  }

  /** Standard output of a step that has to succeed. */
  output(step: string): string {
    const { status, out, err } = this.result(step)
    if (status !== 0) throw new Error(`step ${step}: exit code ${status}\n${out}${err}`)
    return out
  }

  json(step: string): unknown {
    return JSON.parse(this.output(step))
  }
}

/** A step that runs the command line of the installed project. */
export function cli(name: string, command: string, as = ''): Step {
  return { name, command: `${as} node ${INSTALLED}/dist/cli.cjs ${command}`.trim() }
}

export async function run(scenario: Scenario, bench: Bench): Promise<Seen> {
  const { cache, folder, common, installed } = bench
  const { name, image, append, parts, arbitrated = false } = scenario
  const steps = parts.flatMap((part) => part.steps)
  const meetings = steps.filter((step) => typeof step === 'function')
  const path = `${folder}/${name}.cpio`
  try {
    const tree = deviceTree(cache, folder, name, scenario.tree, image.carveOut.length)
    const initramfs = writeInitramfs(path, common, installed, job(steps))
    const { processors } = scenario.tree
    const mutex = arbitrated ? bench.mutex : null
    const options = { name, image, tree, processors, mutex, initramfs, append, meetings }
    return new Seen(await boot(cache, folder, options))
  } catch (error) {
    return new Seen(error as Error)
  } finally {
    rmSync(path, { force: true }) // most of it is Node, and the folder may be in memory
  }
}
