// SPDX-License-Identifier: MIT
// Another process that does the same work on the same memfd. It times itself; between the rounds it waits for its
// next line, `NAME COUNT`, and answers with what that took and a checksum.

import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { FakeSoc } from '#lib/testing/fake-soc.js'
import type { Runner } from '../contest.js'
import { compiler, isHere, mmapIo, project, type RivalName } from './rivals.js'

/** What a peer must know of a fake SoC to look things up in it. */
export interface Terrain {
  readonly soc: FakeSoc
  /** Where the items of region 0 end; all of it by default. */
  readonly mainEnd?: number
  /** Offset of the private partition in region 0; 0 where there is none. */
  readonly partition?: number
  /** Lookups are of random ids below this. */
  readonly ids?: number
  /** Where several allocate: the first id of this one. */
  readonly firstId?: number
}

export class Peer {
  readonly #child: ChildProcessByStdio<Writable, Readable, null> | null
  readonly #answers: AsyncIterator<string> | null

  /** Without a command, one that is not on this machine. */
  private constructor(command: readonly string[] | null) {
    const [program, ...args] = command ?? []
    this.#child =
      program === undefined ? null : spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    const lines = this.#child === null ? null : createInterface(this.#child.stdout)
    this.#answers = lines?.[Symbol.asyncIterator]() ?? null
  }

  static #of(rival: RivalName, command: () => readonly string[]): Peer {
    return new Peer(isHere(rival) ? command() : null)
  }

  /** The C program, compiled by `cc` or $CC with -O2. */
  static c(terrain: Terrain): Peer {
    return Peer.#of('C', () => [compiled('peer', 'lookup', 'allocate'), ...placeOf(terrain)])
  }

  static python(terrain: Terrain): Peer {
    const script = `${project}bench/rivals/listing.py`
    return Peer.#of('python3', () => ['python3', script, ...placeOf(terrain)])
  }

  /** A node with the mmap-io package. */
  static mmapIo(terrain: Terrain): Peer {
    return Peer.#of('mmap-io', () => [...script('mmap-io'), mmapIo, ...placeOf(terrain)])
  }

  /** A shell that runs `busybox devmem` for each word. */
  static devmem(terrain: Terrain): Peer {
    const script = `${project}bench/rivals/devmem.sh`
    return Peer.#of('devmem', () => ['unshare', '--mount', 'sh', script, terrain.soc.path])
  }

  /** Runs a command again and again, and tells what became of it. */
  static life(command: readonly string[]): Peer {
    return Peer.#of('C', () => [compiled('life'), ...command])
  }

  /** Another process with this library in it, that allocates when it is told to. */
  static contender(node: readonly string[], terrain: Terrain): Peer {
    return new Peer([...script('contender', node), ...placeOf(terrain)])
  }

  /** Does what the peer calls `name`; null where the peer is not here. */
  runner(name: string): Runner | null {
    const [child, answers] = [this.#child, this.#answers]
    if (child === null || answers === null) return null
    return async (count) => {
      child.stdin.write(`${name} ${count}\n`)
      const answer = await answers.next()
      if (answer.done === true) throw new Error(`the peer for "${name}" has ended`)
      const [spent, sum] = answer.value.split(' ').map(Number)
      return { spent: spent!, sum: sum! }
    }
  }

  close(): void {
    this.#child?.stdin.end()
  }
}

function script(name: string, node: readonly string[] = [process.execPath]): string[] {
  return [...node, `${project}build/ts/bench/rivals/${name}.js`]
}

const programs = new Set<string>()

/** The program that the C files of these names make; the first gives it its name. */
function compiled(...names: [string, ...string[]]): string {
  const program = `${project}build/bench/${names[0]}`
  if (!programs.has(program)) {
    mkdirSync(`${project}build/bench`, { recursive: true })
    const sources = names.map((name) => `${project}bench/rivals/${name}.c`)
    execFileSync(compiler, ['-O2', '-std=gnu11', '-Wall', '-o', program, ...sources])
    programs.add(program)
  }
  return program
}

/** The regions of a fake SoC follow each other in its memfd, each from a page boundary; then its mutex bank. */
function placeOf({ soc, mainEnd, partition = 0, ids = 1, firstId = 0 }: Terrain): string[] {
  const [main, auxiliary] = soc.regions.map(({ port }) => port)
  const { mutex, file } = soc.lockPlaces
  const position = Math.ceil(main!.size / 4096) * 4096
  const numbers = [mainEnd ?? main!.size, position, auxiliary?.base ?? 0, auxiliary?.size ?? 0]
  const mapped = file.position
  return [
    soc.path,
    ...[mapped, ...numbers, partition, ids, mutex.position, file.position, firstId].map(String),
  ]
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
