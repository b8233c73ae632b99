// SPDX-License-Identifier: MIT
// One boot of the virtual board: lays the memories into the RAM file, starts the emulator, follows the
// steps that the guest reports on its console, and makes sure that the emulator is gone afterwards.

import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, ftruncateSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Cache } from './cache.js'
import { Doorbell } from './doorbell.js'
import type { Image } from './image.js'
import {
  CARVE_OUT,
  LOCK_STRIDE,
  MAILBOX,
  MESSAGE_RAM,
  MUTEX_BANK,
  machine,
  RAM,
  type Range,
} from './machine.js'

/** A command of the guest's shell. */
export interface Step {
  readonly name: string
  readonly command: string
}

/** Something the host does with the guest's memory, for which the guest waits. */
export type Meeting = (memory: RamFile, doorbell: Doorbell) => void

export interface Result {
  readonly status: number
  readonly out: string
  readonly err: string
}

export interface BootOptions {
  readonly name: string
  readonly image: Image
  readonly tree: string
  readonly processors: 1 | 2
  /** The emulator's plugin that makes the mutex registers a mutex; null leaves them plain RAM. */
  readonly mutex: string | null
  readonly initramfs: string
  /** Added to the kernel's command line. */
  readonly append: string
  /** One for each `meet` of the guest. */
  readonly meetings: readonly Meeting[]
}

export interface Transcript {
  readonly kernel: string
  /** Seconds of the guest's clock from its start to its last step. */
  readonly seconds: number
  readonly results: ReadonlyMap<string, Result>
}

/** A boot that takes longer hangs. Usual: 3 seconds, and 1 for every start of Node. */
const PATIENCE_MS = 150_000

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const emulator of running) emulator.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(1))
}

/** The guest's RAM, shared with this process. */
export class RamFile {
  readonly #fd: number
  readonly #timers: NodeJS.Timeout[] = []
  /** What went wrong in something that was done later. */
  failure: unknown = null

  constructor(readonly path: string) {
    this.#fd = openSync(path, 'w+')
    ftruncateSync(this.#fd, RAM.size)
  }

  read(range: Range): Buffer {
    const bytes = Buffer.alloc(range.size)
    readSync(this.#fd, bytes, 0, range.size, range.base - RAM.base)
    return bytes
  }

  write(range: Range, bytes: Uint8Array): void {
    writeSync(this.#fd, bytes, 0, bytes.length, range.base - RAM.base)
  }

  /** Does something to it later, while the guest goes on; unless the boot is over by then. */
  after(milliseconds: number, what: () => void): void {
    const attempt = () => {
      try {
        what()
      } catch (error) {
        this.failure = error
      }
    }
    this.#timers.push(setTimeout(attempt, milliseconds))
  }

  /** Nothing is left behind then, however this process ends; who has it open keeps it. */
  unlink(): void {
    rmSync(this.path, { force: true })
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    closeSync(this.#fd)
    this.unlink()
  }
}

/** Boots and runs to the guest's own power-off. Throws if it hangs or falls over on the way. */
export async function boot(
  cache: Cache,
  folder: string,
  options: BootOptions,
): Promise<Transcript> {
  const memory = new RamFile(join(folder, `${options.name}.ram`))
  try {
    memory.write(CARVE_OUT, options.image.carveOut)
    memory.write(MESSAGE_RAM, options.image.messageRam)
    const doorbell = new Doorbell(join(folder, `${options.name}.bell`), options.processors)
    const emulator = start(cache, memory, doorbell, options)
    try {
      return await follow(emulator, memory, doorbell, options)
    } finally {
      doorbell.close()
      emulator.kill('SIGKILL')
    }
  } finally {
    memory.close()
  }
}

function start(cache: Cache, memory: RamFile, doorbell: Doorbell, options: BootOptions) {
  const [program = '', ...rest] = cache.qemu
  const backend = `memory-backend-file,id=ram,size=${RAM.size},mem-path=${memory.path},share=on`
  const emulator = spawn(
    program,
    [
      ...rest,
      ...['-machine', 'virt,gic-version=3,memory-backend=ram', '-object', backend],
      ...machine(options.processors),
      ...(options.mutex === null ? [] : mutexOptions(options.mutex, memory)),
      ...doorbell.options,
      ...['-nographic', '-serial', 'stdio', '-monitor', 'none', '-no-reboot'],
      ...['-kernel', cache.kernel, '-initrd', options.initramfs, '-dtb', options.tree],
      ...['-append', `console=ttyAMA0 panic=-1 quiet ${options.append}`],
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  )
  running.add(emulator)
  emulator.once('exit', () => running.delete(emulator))
  return emulator
}

/** One host thread plays all processors then: a store and what the plugin makes of it are one step. */
function mutexOptions(plugin: string, memory: RamFile): string[] {
  const places = [`ram=${memory.path}`, `base=${RAM.base}`, `bank=${MUTEX_BANK.base}`]
  places.push(`stride=${LOCK_STRIDE}`, `mailbox=${MAILBOX.base}`)
  return ['-accel', 'tcg,thread=single', '-plugin', [plugin, ...places].join(',')]
}

async function follow(
  emulator: ReturnType<typeof start>,
  memory: RamFile,
  doorbell: Doorbell,
  options: BootOptions,
): Promise<Transcript> {
  const results = new Map<string, Result>()
  const talk: string[] = []
  const meetings = options.meetings.values()
  let kernel = ''
  let seconds: number | null = null
  let late = false
  const patience = setTimeout(() => {
    late = true
    emulator.kill('SIGKILL')
  }, PATIENCE_MS)
  emulator.on('error', (error) => talk.push(error.message))
  emulator.stderr.on('data', (text: Buffer) => talk.push(text.toString()))
  emulator.stdin.on('error', () => undefined) // the guest may be gone before it read everything
  try {
    for await (const line of createInterface({ input: emulator.stdout })) {
      const [mark, kind, ...words] = line.trim().split(' ')
      if (mark !== '@@') talk.push(line)
      else if (kind === 'up') {
        kernel = words[0] ?? ''
        memory.unlink()
      } else if (kind === 'step') results.set(words[0] ?? '', result(words.slice(1)))
      else if (kind === 'done') seconds = Number(words[0])
      else if (kind === 'meet') {
        meetings.next().value?.(memory, doorbell)
        emulator.stdin.write('\n')
      }
    }
  } finally {
    clearTimeout(patience)
  }
  if (memory.failure !== null) throw memory.failure
  if (doorbell.failure !== null) throw doorbell.failure
  if (seconds !== null) return { kernel, seconds, results }
  const what = late ? `was not done after ${PATIENCE_MS / 1000} s` : 'ended before its last step'
  const last = [...results.keys()].at(-1) ?? 'none'
  const said = talk.slice(-15).join('\n')
  throw new Error(`the guest ${what}; last step: ${last}; its console ends with:\n${said}`)
}

function result([status, out, err]: string[]): Result {
  const decode = (field: string | undefined) =>
    Buffer.from((field ?? '').replace(/^(out|err):/, ''), 'base64').toString()
  return { status: Number(status), out: decode(out), err: decode(err) }
}
