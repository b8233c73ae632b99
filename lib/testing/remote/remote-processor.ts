// SPDX-License-Identifier: MIT
// Another processor of a fake SoC, as a test holds it: a process of its own, which shares nothing with this one
// but the memory and the mutex, and does as it is told.

import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { SmemError } from '../../errors.js'
import type { FakeSoc } from '../fake-soc.js'
import type { Garbage, GarbageWord } from './garbage.js'
import { type RemoteKind, type RemoteRole, remoteRoles } from './kind.js'
import { type AnswerMessage, errorOf, type OrderName, type Orders } from './orders.js'
import type { RemoteItem, RemoteRequest } from './request.js'
import type { RemoteReport, Rhythm } from './rhythm.js'

/**
 * How to start a processor that is played.
 * @see {@link FakeSoc.remote}
 */
export interface RemoteOptions {
  /**
   * The command that runs node, and arguments in front of the script: an emulator, say. Default: the node that
   * runs this.
   */
  readonly command?: readonly [command: string, ...args: string[]] | undefined
}

/**
 * Where a processor allocates, and how.
 * @see {@link RemoteProcessor.alloc}
 */
export interface RemoteAllocOptions {
  /** The other end of a private partition, as that processor sees it: 0 is apps. Default: the global heap. */
  readonly host?: number | undefined
  /** On the cached side. The kernel refuses: mainline only reads such items. */
  readonly cached?: boolean | undefined
  /** Do it without the lock, as broken firmware would. */
  readonly ignoreLock?: boolean | undefined
}

interface Pending {
  readonly answered: (value: never) => void
  readonly failed: (error: SmemError) => void
}

/**
 * A processor that is played. Every order returns when it is obeyed, and throws what that processor ran into;
 * after its death, and after `close`, EBADF. It does not keep this process alive, and ends with it.
 * @example
 * ```ts
 * import { FakeSoc, type RemoteProcessor } from 'qcom-smem/testing'
 *
 * using soc = FakeSoc.create()
 * await using adsp: RemoteProcessor = await soc.remote('adsp')
 * console.log(adsp.kind, adsp.host, adsp.ownerId, adsp.pid !== process.pid) // adsp 2 3 true
 * ```
 */
export class RemoteProcessor {
  readonly kind: RemoteKind
  /** SMEM host id. */
  readonly host: number
  /** By which it takes the mutex. */
  readonly ownerId: number
  readonly #child: ChildProcess
  readonly #pending = new Map<number, Pending>()
  readonly #exited: Promise<void>
  #orders = 0
  #dead = false

  /**
   * For `FakeSoc.remote`. @throws SmemError ENOENT, EACCES where the command cannot be run; as `FakeSoc.attach`
   * @internal
   */
  static async start(
    soc: FakeSoc,
    kind: RemoteKind,
    { command = [process.execPath] }: RemoteOptions = {},
  ): Promise<RemoteProcessor> {
    const role: RemoteRole | undefined = remoteRoles[kind]
    if (role === undefined) {
      const known = Object.keys(remoteRoles).join(', ')
      throw new SmemError('EINVAL', `nobody plays ${kind}; known are ${known}`, { origin: 'input' })
    }
    // Loaded by who needs it: every user of a fake SoC loads this file.
    const { spawn } = await import('node:child_process')
    const [program, ...args] = command
    const script = fileURLToPath(new URL('./process.js', import.meta.url))
    const child = spawn(program, [...args, script, kind], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      serialization: 'advanced',
    })
    const remote = new RemoteProcessor(kind, role, child)
    try {
      await remote.attach(soc)
    } catch (error) {
      await remote.close()
      throw error
    }
    return remote
  }

  private constructor(kind: RemoteKind, { host, ownerId }: RemoteRole, child: ChildProcess) {
    this.kind = kind
    this.host = host
    this.ownerId = ownerId
    this.#child = child
    child.unref()
    child.channel?.unref()
    child.on('message', (answer) => this.#hear(answer as AnswerMessage))
    this.#exited = new Promise((resolve) => {
      child.on('exit', () => resolve())
      child.on('error', () => resolve())
    })
    child.on('exit', () => this.#end(new SmemError('EBADF', `the ${kind} is dead`)))
    child.on('error', (cause: NodeJS.ErrnoException) => {
      const code = cause.code === 'EACCES' ? 'EACCES' : 'ENOENT'
      this.#end(new SmemError(code, `the ${kind} cannot be started: ${cause.message}`, { cause }))
    })
  }

  /** Process id. */
  get pid(): number | undefined {
    return this.#child.pid
  }

  /**
   * Turns to another SoC, as after a restart: nothing is released, nothing is remembered.
   * @example
   * ```ts
   * import { Smem } from 'qcom-smem'
   * import { FakeSoc } from 'qcom-smem/testing'
   *
   * using before = FakeSoc.create()
   * await using modem = await before.remote('modem')
   * using after = FakeSoc.create()
   * await modem.attach(after)
   * await modem.alloc(300, 8)
   * using smem = Smem.open({ source: `fake:${after.path}` })
   * console.log(smem.get(300).size) // 8
   * ```
   */
  attach(soc: FakeSoc): Promise<void> {
    return this.#tell('attach', soc.path)
  }

  /**
   * Takes SMEM's mutex and keeps it.
   * @param timeout milliseconds; by default 1000 for the kernel, and for ever for firmware
   * @throws SmemError ETIMEDOUT
   * @example
   * ```ts
   * import { FakeSoc } from 'qcom-smem/testing'
   *
   * using soc = FakeSoc.create()
   * await using modem = await soc.remote('modem')
   * await modem.lock()
   * console.log(soc.hwlock.owner() === modem.ownerId) // true
   * await modem.unlock()
   * console.log(soc.hwlock.owner()) // 0
   * ```
   */
  lock(timeout?: number): Promise<void> {
    return this.#tell('lock', timeout)
  }

  /**
   * Releases the mutex, whoever has it; false where that was somebody else, which Linux reports as a bug.
   * @example
   * ```ts
   * import { FakeSoc } from 'qcom-smem/testing'
   *
   * using soc = FakeSoc.create()
   * await using kernel = await soc.remote('kernel')
   * await kernel.lock()
   * soc.hwlock.unlock(kernel.ownerId) // somebody else does
   * console.log(await kernel.unlock()) // false
   * ```
   */
  unlock(): Promise<boolean> {
    return this.#tell('unlock')
  }

  /**
   * Allocates by its own rules, under the lock, which it takes unless it has it.
   * @throws SmemError EEXIST, ENOMEM, ENOSPC, EINVAL, ETIMEDOUT
   * @example
   * ```ts
   * import { FakeSoc } from 'qcom-smem/testing'
   *
   * using soc = FakeSoc.create()
   * await using modem = await soc.remote('modem')
   * const { size, host } = await modem.alloc(300, 13, { host: 0, cached: true })
   * console.log(size, host) // 13 0
   * ```
   */
  alloc(id: number, size: number, options: RemoteAllocOptions = {}): Promise<RemoteItem> {
    const { ignoreLock = false, ...where } = options
    const request: RemoteRequest = { id, size, ...where }
    return this.#tell('alloc', request, ignoreLock)
  }

  /**
   * Looks an item up under the lock, as vendor kernels do. @throws SmemError ENXIO, ENOENT, EINVAL, ETIMEDOUT
   * @example
   * ```ts
   * import { FakeSoc } from 'qcom-smem/testing'
   *
   * using soc = FakeSoc.create()
   * await using kernel = await soc.remote('kernel')
   * console.log((await kernel.find(435, { host: 1 })).size) // 340
   * ```
   */
  find(id: number, options: Pick<RemoteAllocOptions, 'host' | 'cached'> = {}): Promise<RemoteItem> {
    return this.#tell('find', { id, ...options })
  }

  /**
   * Overwrites words of region 0 by nonsense, and tells which.
   * @example
   * ```ts
   * import { FakeSoc } from 'qcom-smem/testing'
   *
   * using soc = FakeSoc.create()
   * await using modem = await soc.remote('modem')
   * const words = await modem.writeGarbage({ seed: 2, words: 8 })
   * console.log(words.length) // 8
   * ```
   */
  writeGarbage(garbage: Garbage): Promise<GarbageWord[]> {
    return this.#tell('writeGarbage', garbage)
  }

  /**
   * Leaves it to itself. Returns after its first turn; `stop` or `finished` tell what it did.
   * @example
   * ```ts
   * import { FakeSoc } from 'qcom-smem/testing'
   *
   * using soc = FakeSoc.create()
   * await using modem = await soc.remote('modem')
   * await modem.run({ seed: 1, turns: 20, sizes: [8, 64], hosts: [null, 0] })
   * const report = await modem.finished()
   * console.log(report.turns.length) // 20
   * ```
   */
  run(rhythm: Rhythm): Promise<void> {
    return this.#tell('run', rhythm)
  }

  /**
   * Ends what `run` began, after the turn that it is at. @throws SmemError EINVAL where it was not told to run
   * @example
   * ```ts
   * import { FakeSoc } from 'qcom-smem/testing'
   *
   * using soc = FakeSoc.create()
   * await using modem = await soc.remote('modem')
   * await modem.run({ seed: 1 }) // goes on until it is stopped
   * const { turns, losses } = await modem.stop()
   * console.log(turns.length > 0, losses) // true 0
   * ```
   */
  async stop(): Promise<RemoteReport> {
    await this.#tell('stop')
    return this.finished()
  }

  /**
   * Waits for the last of the `turns` that `run` gave it. @throws SmemError EINVAL where it was not told to run
   * @see {@link RemoteProcessor.run}
   */
  finished(): Promise<RemoteReport> {
    return this.#tell('report')
  }

  /**
   * Its process is killed: at once, or `holding` the lock, which nobody releases. Returns when it is gone.
   * @example
   * ```ts
   * import { FakeSoc } from 'qcom-smem/testing'
   *
   * using soc = FakeSoc.create()
   * await using modem = await soc.remote('modem')
   * await modem.die({ holding: true })
   * console.log(soc.hwlock.owner() === modem.ownerId) // true
   * ```
   */
  async die({ holding = false }: { readonly holding?: boolean } = {}): Promise<void> {
    // Else a program that has nothing else to do ends before it is told.
    this.#child.ref()
    await Promise.race([this.#exited, this.#tell('die', holding)])
    await this.#exited
  }

  /**
   * Ends the process; what it holds, it keeps on holding, as a processor that was switched off. Idempotent.
   * @example
   * ```ts
   * import { FakeSoc } from 'qcom-smem/testing'
   *
   * using soc = FakeSoc.create()
   * const modem = await soc.remote('modem')
   * await modem.lock()
   * await modem.close()
   * console.log(soc.hwlock.owner() === modem.ownerId) // true
   * ```
   */
  async close(): Promise<void> {
    if (this.#dead) return
    this.#child.ref()
    if (this.#child.connected) this.#child.disconnect()
    await this.#exited
  }

  /** As `close`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #tell<N extends OrderName>(
    name: N,
    ...words: Parameters<Orders[N]>
  ): Promise<Awaited<ReturnType<Orders[N]>>> {
    return new Promise((answered, failed) => {
      if (this.#dead) throw new SmemError('EBADF', `the ${this.kind} is dead`)
      const number = this.#orders++
      this.#pending.set(number, { answered, failed })
      this.#child.channel?.ref()
      // Where it cannot be sent, the child is dead, and that is told elsewhere.
      this.#child.send({ number, name, words }, () => {})
    })
  }

  #hear({ number, value, failure }: AnswerMessage): void {
    const order = this.#pending.get(number)
    this.#pending.delete(number)
    if (this.#pending.size === 0) this.#child.channel?.unref()
    if (failure === undefined) order?.answered(value as never)
    else order?.failed(errorOf(failure))
  }

  #end(error: SmemError): void {
    this.#dead = true
    for (const { failed } of this.#pending.values()) failed(error)
    this.#pending.clear()
  }
}
