// SPDX-License-Identifier: MIT
// What a run was made on, and who took part.

import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, getPriority, loadavg, release, totalmem } from 'node:os'
import { type Presence, presence, type RivalName, rivalNames } from './rivals/rivals.js'

export interface Machine {
  readonly date: string
  readonly cpu: string | null
  readonly processors: number
  /** Bytes. */
  readonly memory: number
  readonly system: string | null
  readonly kernel: string
  readonly arch: string
  readonly node: string
  /** Processes that wanted a processor when the run began, over the minute before. */
  readonly load: number
  /** Niceness: below 0 it goes before others. */
  readonly nice: number
  /** The processor that all but whole processes were kept on; null where that could not be done. */
  readonly pinned: number | null
  readonly rivals: Readonly<Record<RivalName, Presence>>
}

export function machine(): Machine {
  const rivals = Object.fromEntries(rivalNames.map((name) => [name, presence(name)]))
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model ?? null,
    processors: availableParallelism(),
    memory: totalmem(),
    system: system(),
    kernel: release(),
    arch: process.arch,
    node: process.version,
    load: loadavg()[0]!,
    nice: getPriority(),
    pinned: null,
    rivals: rivals as Record<RivalName, Presence>,
  }
}

function system(): string | null {
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? null
  } catch {
    return null
  }
}

/** A line for each fact. */
export function facts(machine: Machine): (readonly [name: string, value: string])[] {
  const { cpu, processors, memory, system, kernel, arch, node, date } = machine
  const { load, nice, pinned, rivals } = machine
  return [
    ['date', date],
    ['processors', `${processors} x ${cpu ?? 'unknown'}, ${arch}`],
    ['memory', `${(memory / 2 ** 30).toFixed(1)} GiB`],
    ['system', `${system ?? 'unknown'}, Linux ${kernel}`],
    ['node', node],
    ...Object.values(rivals).map(({ what, version, remedy }) => {
      return [what, version ?? `MISSING: nothing is held against it. ${remedy}`] as const
    }),
    ['pinned', pinned === null ? 'nothing' : `to processor ${pinned}: all but whole processes`],
    ['niceness', String(nice)],
    ['load before', load.toFixed(2)],
  ]
}
