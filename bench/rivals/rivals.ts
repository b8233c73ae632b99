// SPDX-License-Identifier: MIT
// Who else could do it, and whether they are on this machine. A rival that is missing leaves its rows without a
// reference, and is named under the table.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** This file is build/ts/bench/rivals/rivals.js. */
export const project = fileURLToPath(new URL('../../../..', import.meta.url))
/** Where scripts/fetch-mmap-io.sh puts it. */
const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
export const mmapIo = join(cache, 'qcom-smem/mmap-io/node_modules/mmap-io')

export const compiler = process.env.CC || 'cc'

export type RivalName = 'C' | 'python3' | 'mmap-io' | 'devmem'

interface Rival {
  readonly what: string
  /** First line of what it says of itself; throws where it is not here. */
  version(): string
  /** How it comes here. */
  readonly remedy: string
}

const rivals: Record<RivalName, Rival> = {
  C: {
    what: 'C, -O2',
    version: () => said(compiler, '--version'),
    remedy: 'apt-get install gcc libc6-dev (whole processes are measured by a C program, too)',
  },
  python3: {
    what: 'python3, mmap and struct',
    version: () => said('python3', '--version'),
    remedy: 'apt-get install python3',
  },
  'mmap-io': {
    what: 'mmap-io, for Node',
    version: () => {
      const { version } = JSON.parse(readFileSync(join(mmapIo, 'package.json'), 'utf8'))
      said(process.execPath, '-e', `require(${JSON.stringify(mmapIo)})`)
      return `mmap-io ${version}, built with another -std`
    },
    remedy: 'sh scripts/fetch-mmap-io.sh',
  },
  devmem: {
    what: 'busybox devmem, a process for each word',
    // A /dev/mem of its own, in which the fake lies, takes a mount namespace.
    version: () => said('unshare', '--mount', 'sh', '-c', 'mount -t tmpfs none /dev && busybox'),
    remedy: 'apt-get install busybox, and run as root',
  },
}

/** By name, what each says of itself; null for one that is not here. */
export interface Presence {
  readonly what: string
  readonly version: string | null
  readonly remedy: string
}

const known = new Map<RivalName, Presence>()

export function presence(name: RivalName): Presence {
  const found = known.get(name)
  if (found !== undefined) return found
  const { what, version, remedy } = rivals[name]
  const asked: Presence = { what, version: attempt(version), remedy }
  known.set(name, asked)
  return asked
}

export function isHere(name: RivalName): boolean {
  return presence(name).version !== null
}

export const rivalNames = Object.keys(rivals) as RivalName[]

function attempt(version: () => string): string | null {
  try {
    return version()
  } catch {
    return null
  }
}

function said(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe' }).split('\n')[0]!
}
