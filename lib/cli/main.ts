// SPDX-License-Identifier: MIT
// The program `qcom-smem`: one command line on the process's own streams.

import { fstatSync, type Stats, writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import { fromSystemError } from '../errors.js'
import { run } from './program.js'

const STDOUT = 1
const STDERR = 2

/**
 * All of `data` into `fd`; a reader that has gone away (`| head`) ends the program in peace.
 * @throws NodeJS.ErrnoException where it takes no more
 */
function write(fd: number, data: string | Uint8Array): void {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data
  let done = 0
  while (done < bytes.length) {
    try {
      done += writeSync(fd, bytes, done)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') process.exit(0)
      // A slow reader of a non-blocking pipe: try again.
      if (code !== 'EAGAIN') throw error
    }
  }
}

/** @throws SmemError ENOSPC, EIO, ... where what stands behind the standard output takes no more */
function writeData(data: string | Uint8Array): void {
  try {
    write(STDOUT, data)
  } catch (error) {
    throw fromSystemError(error, 'write to the standard output', { origin: 'input' })
  }
}

/** What cannot be told is not: the exit code still is. */
function writeTalk(text: string): void {
  try {
    write(STDERR, text)
  } catch {}
}

/**
 * Pipes, files and most devices are told apart without node:tty: that one brings the network stack along, which takes
 * longer than reading a heap.
 */
function isTerminal(fd: number): boolean {
  const stats = fstatSync(fd)
  if (!stats.isCharacterDevice()) return false
  const known = process.platform === 'linux' ? terminals.get(major(stats)) : undefined
  return known ?? isatty(fd)
}

/** By the number of their driver: Documentation/admin-guide/devices.txt of Linux. */
const terminals = new Map([
  // /dev/null and its like.
  [1, false],
  // Virtual consoles and ttyS; Unix98 pseudo-terminals.
  ...[4, 136, 137, 138, 139, 140, 141, 142, 143].map((number) => [number, true] as const),
])

/** Bits 8 to 19, as Linux packs a device number; nothing in the table has more. */
function major({ rdev }: Stats): number {
  return (rdev >>> 8) & 0xfff
}

void run(process.argv.slice(2), {
  // Asked only where text is shown.
  get isTerminal() {
    return isTerminal(STDOUT)
  },
  get isErrorTerminal() {
    return isTerminal(STDERR)
  },
  env: process.env,
  out: writeData,
  err: writeTalk,
  session: {
    size: () => ({ columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 }),
    onSignal: (signal, act) => {
      process.on(signal, act)
      return () => process.off(signal, act)
    },
    suspend: () => process.kill(process.pid, 'SIGSTOP'),
  },
}).then((code) => {
  // All is written; to wait for the event loop would only give the garbage collector its turn.
  process.exit(code)
})
