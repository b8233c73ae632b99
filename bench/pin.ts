// SPDX-License-Identifier: MIT
// Keeps the measuring thread, and the peers that it starts, on one processor: a thread that moves loses its
// caches. Node's own helper threads stay free. Without `taskset` nothing is pinned, and the table says so.

import { execFileSync } from 'node:child_process'

export interface Pinned {
  /** The processor; null where nothing could be pinned. */
  readonly processor: number | null
  /** Lets the thread go where it went before. */
  release(): void
}

export function pin(): Pinned {
  try {
    const before = taskset(String(process.pid)).trim().split(' ').at(-1)!
    const processor = Number(before.split(/[,-]/).at(-1))
    taskset(String(processor), String(process.pid))
    return { processor, release: () => taskset(before, String(process.pid)) }
  } catch {
    return { processor: null, release: () => {} }
  }
}

function taskset(...args: string[]): string {
  return execFileSync('taskset', ['-p', '-c', ...args], { encoding: 'utf8', stdio: 'pipe' })
}
