// SPDX-License-Identifier: MIT
// Another process that does the same work on the same memfd, in C or in python3. It times itself; between
// the rounds it waits for its next line.

import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { FakeSoc } from '#lib/testing/fake-soc.js'
import type { Runner } from './contest.js'

/** This file is build/ts/bench/peer.js. */
const project = fileURLToPath(new URL('../../..', import.meta.url))

/** What a peer must know of a fake SoC to look things up in it. */
export interface Terrain {
  readonly soc: FakeSoc
  /** Where the items of region 0 end. */
  readonly mainEnd: number
  /** Offset of the private partition in region 0; 0 where there is none. */
  readonly partition: number
  /** Lookups are of random ids below this. */
  readonly ids: number
}

export class Peer {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #answers: AsyncIterator<string>

  private constructor(command: string, args: readonly string[]) {
    this.#child = spawn(command, args)
    this.#child.stderr.pipe(process.stderr)
    this.#answers = createInterface(this.#child.stdout)[Symbol.asyncIterator]()
  }

  /** The C program, compiled by `cc` or $CC with -O2. Throws where there is no compiler. */
  static c(terrain: Terrain): Peer {
    compiled ??= compile()
    return new Peer(compiled, placeOf(terrain))
  }

  /** The python program; null where there is no python3. */
  static async python(terrain: Terrain): Promise<Peer | null> {
    const peer = new Peer('python3', [`${project}bench/toc.py`, ...placeOf(terrain)])
    const started = await once(peer.#child, 'spawn').then(
      () => true,
      () => false,
    )
    return started ? peer : null
  }

  /** Does what the peer calls `name`. */
  runner(name: string): Runner {
    return async (count) => {
      this.#child.stdin.write(`${name} ${count}\n`)
      const answer = await this.#answers.next()
      if (answer.done === true) throw new Error(`the peer for "${name}" has ended`)
      const [ns, sum] = answer.value.split(' ').map(Number)
      return { ns: ns!, sum: sum! }
    }
  }

  close(): void {
    this.#child.stdin.end()
  }
}

let compiled: string | undefined

function compile(): string {
  const folder = `${project}build/bench`
  const program = `${folder}/peer`
  mkdirSync(folder, { recursive: true })
  const sources = ['peer.c', 'lookup.c', 'allocate.c'].map((file) => `${project}bench/${file}`)
  execFileSync(process.env.CC || 'cc', ['-O2', '-std=gnu11', '-Wall', '-o', program, ...sources])
  return program
}

/** The regions of a fake SoC follow each other in its memfd, each from a page boundary; then its mutex bank. */
function placeOf({ soc, mainEnd, partition, ids }: Terrain): string[] {
  const [main, auxiliary] = soc.regions.map(({ port }) => port)
  const { mutex, file } = soc.lockPlaces
  const position = Math.ceil(main!.size / 4096) * 4096
  const numbers = [mainEnd, position, auxiliary?.base ?? 0, auxiliary?.size ?? 0]
  const mapped = file.position
  return [soc.path, mapped, ...numbers, partition, ids, mutex.position, file.position].map(String)
}

/** The same ids that the peers look up, in the same order. */
export function randomIds(count: number): Uint16Array {
  let random = 1
  return Uint16Array.from({ length: RANDOM_IDS }, () => {
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0
    return Math.floor(((random >>> 8) * count) / 2 ** 24)
  })
}

/** A power of two: `& (RANDOM_IDS - 1)` goes round and round. */
export const RANDOM_IDS = 4096
