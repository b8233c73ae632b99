// SPDX-License-Identifier: MIT
// A remote processor: a process of its own that obeys the orders of the one that started it, and ends with it,
// letting go of nothing. Started as `node process.js KIND`, with a channel.

import { setImmediate as breathe } from 'node:timers/promises'
import { SmemError } from '../../errors.js'
import { FakeSoc } from '../fake-soc.js'
import { Firmware } from './firmware.js'
import { writeGarbage } from './garbage.js'
import { type RemoteKind, remoteRoles } from './kind.js'
import { RemoteMutex } from './mutex.js'
import { type AnswerMessage, failureOf, type OrderMessage, type Orders } from './orders.js'
import type { RemoteReport, Rhythm } from './rhythm.js'
import { Runner } from './runner.js'

const role = remoteRoles[process.argv[2] as RemoteKind]

/** It finds its partitions when it is told to do something with them, which a broken heap must not stop. */
class Processor implements Orders {
  #soc: FakeSoc | null = null
  #mutex: RemoteMutex | null = null
  #firmware: Firmware | null = null
  #holding = false
  #runner: Runner | null = null
  #report: Promise<RemoteReport> | null = null

  attach(path: string): void {
    this.#soc?.close()
    this.#firmware = null
    this.#soc = FakeSoc.attach(path)
    this.#mutex = new RemoteMutex(this.#soc, role)
  }

  async lock(timeout?: number): Promise<void> {
    await this.#mutex!.lock(breathe, timeout)
    this.#holding = true
  }

  unlock(): boolean {
    this.#holding = false
    return this.#mutex!.unlock()
  }

  alloc(request: Parameters<Orders['alloc']>[0], ignoreLock: boolean) {
    return this.#locked(ignoreLock, (firmware) => firmware.alloc(request))
  }

  find(lookup: Parameters<Orders['find']>[0]) {
    return this.#locked(false, (firmware) => firmware.find(lookup))
  }

  writeGarbage(garbage: Parameters<Orders['writeGarbage']>[0]) {
    return writeGarbage(this.#soc!.regions[0].port, garbage)
  }

  run(rhythm: Rhythm): Promise<void> {
    const runner = new Runner(this.#heap(), this.#mutex!)
    this.#runner = runner
    return new Promise((begun, failed) => {
      this.#report = runner.run(rhythm, begun)
      this.#report.catch(failed)
    })
  }

  stop(): void {
    this.#runner?.stop()
  }

  report(): Promise<RemoteReport> {
    if (this.#report !== null) return this.#report
    throw new SmemError('EINVAL', 'this processor was not told to run')
  }

  async die(holding: boolean): Promise<void> {
    if (holding) await this.#mutex!.lock(breathe)
    process.kill(process.pid, 'SIGKILL')
  }

  #heap(): Firmware {
    this.#firmware ??= new Firmware(this.#soc!.regions[0].port, role)
    return this.#firmware
  }

  async #locked<T>(ignoreLock: boolean, work: (firmware: Firmware) => T): Promise<T> {
    if (ignoreLock || this.#holding) return work(this.#heap())
    await this.#mutex!.lock(breathe)
    try {
      return work(this.#heap())
    } finally {
      this.#mutex!.unlock()
    }
  }
}

const processor: Orders = new Processor()

async function obey({ number, name, words }: OrderMessage): Promise<AnswerMessage> {
  try {
    return { number, value: await Reflect.apply(processor[name], processor, words) }
  } catch (error) {
    return { number, failure: failureOf(error) }
  }
}

process.on('message', async (message: OrderMessage) => {
  const answer = await obey(message)
  if (process.connected) process.send!(answer)
})
// Whoever plays with it is gone, or has had enough.
process.on('disconnect', () => process.exit())
