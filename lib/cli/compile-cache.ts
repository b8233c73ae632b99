// SPDX-License-Identifier: MIT
// What V8 made of the program's parts, kept from one run to the next: compiling is most of a start. A cache runs as the
// program itself does, so it is taken only from a file and a folder that are ours and that nobody else can write.
// Whatever goes wrong here only costs time: nothing is said. See docs/decisions/0007-one-file-cli.md.

import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'

/** Of one unit in the file, bytes. */
type Span = readonly [from: number, to: number]

/** One line at the start of the file, filled up with spaces. */
interface Head {
  /** Of the program. */
  readonly id: string
  readonly size: number
  readonly spans: Readonly<Record<string, Span>>
}

const HEAD_SIZE = 4096
/** V8 wants its data aligned. */
const ALIGNMENT = 64
const GROUP_OR_OTHERS = 0o022
/** What a program or a node left that is used no more; where it is, it is only made again. */
const OLD = 90 * 24 * 3600_000
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants

export class CompileCache {
  readonly #path: string
  readonly #id: string
  readonly #user: number
  #open: { readonly fd: number; readonly spans: Head['spans'] } | null = null

  /** @param id of the program: what another one's compiler made is never taken */
  constructor(path: string, id: string, user: number) {
    this.#path = path
    this.#id = id
    this.#user = user
    attempt(() => this.#read())
  }

  /** The cache of the program `id` under this version of node; null where none is wanted, or nobody says where. */
  static of(id: string, { env, user }: { env: NodeJS.ProcessEnv; user: number | undefined }) {
    const folder = cacheFolder(env)
    if (user === undefined || folder === null || env.NODE_DISABLE_COMPILE_CACHE) return null
    const name = `cli-${id.slice(0, 16)}-${process.version}-${process.arch}.v8`
    return new CompileCache(join(folder, 'qcom-smem', name), id, user)
  }

  /** What was kept of a unit. V8 refuses what another version of it made, or one with other flags. */
  get(unit: number): Buffer | undefined {
    const span = this.#open?.spans[unit]
    return span && attempt(() => read(this.#open!.fd, span))
  }

  /** Keeps `made`, and what was kept of other units. Others see the old file or the new one, whole. */
  save(made: ReadonlyMap<number, Buffer>): void {
    attempt(() => {
      const units = new Map<number, Buffer>()
      for (const unit of Object.keys(this.#open?.spans ?? {}).map(Number)) {
        const data = this.get(unit)
        if (data !== undefined) units.set(unit, data)
      }
      for (const [unit, data] of made) units.set(unit, data)
      const folder = dirname(this.#path)
      makeFolder(folder, this.#user)
      if (!this.#isOurs(lstatSync(folder))) return
      replace(this.#path, fileOf(this.#id, units))
      removeOld(folder)
    })
  }

  #read(): void {
    if (!this.#isOurs(lstatSync(dirname(this.#path)))) return
    // Whatever lies there: no link is followed, and nothing waited for.
    const fd = openSync(this.#path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    const stats = fstatSync(fd)
    const head = stats.isFile() && this.#isOurs(stats) ? headOf(fd) : null
    if (head?.id === this.#id && head.size === stats.size) this.#open = { fd, spans: head.spans }
    else closeSync(fd)
  }

  #isOurs({ uid, mode }: Stats): boolean {
    return uid === this.#user && (mode & GROUP_OR_OTHERS) === 0
  }
}

/** As the XDG base directory specification has it: a relative path counts as none. */
function cacheFolder({ XDG_CACHE_HOME: named = '', HOME: home = '' }: NodeJS.ProcessEnv) {
  if (isAbsolute(named)) return named
  return isAbsolute(home) ? join(home, '.cache') : null
}

function headOf(fd: number): Head {
  return JSON.parse(read(fd, [0, HEAD_SIZE]).toString('latin1'))
}

function read(fd: number, [from, to]: Span): Buffer {
  const bytes = Buffer.allocUnsafeSlow(to - from)
  if (readSync(fd, bytes, 0, bytes.length, from) !== bytes.length) throw new Error('cut off')
  return bytes
}

function fileOf(id: string, units: ReadonlyMap<number, Buffer>): Buffer {
  const spans: Record<string, Span> = {}
  let size = HEAD_SIZE
  for (const [unit, { length }] of units) {
    spans[unit] = [size, size + length]
    size = Math.ceil((size + length) / ALIGNMENT) * ALIGNMENT
  }
  const file = Buffer.alloc(size)
  const head: Head = { id, size, spans }
  file.fill(' ', 0, HEAD_SIZE)
  if (file.write(JSON.stringify(head), 'latin1') >= HEAD_SIZE) throw new Error('too many units')
  for (const [unit, data] of units) data.copy(file, spans[unit]![0])
  return file
}

/** Only in a folder of our own: with sudo, the home folder may be somebody else's. */
function makeFolder(folder: string, user: number): void {
  if (existsSync(folder)) return
  const above = dirname(folder)
  makeFolder(above, user)
  if (statSync(above).uid === user) mkdirSync(folder, { mode: 0o700 })
}

function replace(path: string, file: Buffer): void {
  const fresh = `${path}.${process.pid}`
  const fd = openSync(fresh, 'wx', 0o600)
  try {
    if (writeSync(fd, file) !== file.length) throw new Error('no room')
    // A board may lose its power at any time.
    fsyncSync(fd)
    renameSync(fresh, path)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  } finally {
    closeSync(fd)
  }
}

/** Of our own files alone: the folder may hold others'. */
function removeOld(folder: string): void {
  for (const name of readdirSync(folder).filter((name) => /^cli.*\.v8/.test(name))) {
    const path = join(folder, name)
    if (Date.now() - lstatSync(path).mtimeMs > OLD) rmSync(path)
  }
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
