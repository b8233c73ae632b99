// SPDX-License-Identifier: MIT
// A remote processor, played by the host: it takes and frees the mutex with its own owner id, under the
// same rule as the guest. Its writes are carried out by the emulator's plugin, see plugin/tcsr.c.

import assert from 'node:assert/strict'
import type { Meeting, RamFile } from './boot.js'
import { LOCK_INDEX, LOCK_STRIDE, MAILBOX, MUTEX_BANK } from './machine.js'

/** The register of SMEM's lock. */
export const LOCK = { base: MUTEX_BANK.base + LOCK_INDEX * LOCK_STRIDE, size: 4 }

/** In the register a remote processor is its host id plus one; this is the modem. */
export const MODEM = 2

/** What the library writes, unless told otherwise. */
export const LIBRARY = 251

const word = (index: number) => ({ base: MAILBOX.base + index * 4, size: 4 })
const [POSTED, DONE, INDEX, VALUE] = [word(0), word(1), word(2), word(3)]

/** Counts the writes that found the register taken by somebody else. */
export const IGNORED = word(4)

/** So many: whoever wants the lock is at it, and not just about to be. */
export const IN_VAIN = 1000

export class RemoteProcessor {
  constructor(
    readonly memory: RamFile,
    readonly id: number,
  ) {}

  /** What the register reads. */
  owner(): number {
    return this.memory.read(LOCK).readUInt32LE()
  }

  /** How many writes were ignored so far. */
  ignored(): number {
    return this.memory.read(IGNORED).readUInt32LE()
  }

  /**
   * Writes the id. It is there before the guest's next instruction that follows a store; whether it stuck,
   * `owner` tells from then on.
   */
  take(): void {
    this.#post(this.id)
  }

  /** Frees the lock. Throws where it is not ours to free. */
  release(): void {
    assert.equal(this.owner(), this.id, 'the remote processor does not hold the lock')
    this.#post(0)
  }

  #post(value: number): void {
    const posted = this.memory.read(POSTED).readUInt32LE()
    assert.equal(this.memory.read(DONE).readUInt32LE(), posted, 'a write is still on its way')
    this.#write(INDEX, LOCK_INDEX)
    this.#write(VALUE, value)
    this.#write(POSTED, posted + 1)
  }

  #write(place: { base: number; size: number }, value: number): void {
    const bytes = Buffer.alloc(place.size)
    bytes.writeUInt32LE(value)
    this.memory.write(place, bytes)
  }
}

/** The modem takes the lock while the guest waits. */
export const modemTakes: Meeting = (memory) => new RemoteProcessor(memory, MODEM).take()

/** And gives it back. */
export const modemReleases: Meeting = (memory) => new RemoteProcessor(memory, MODEM).release()

/** The modem takes the lock, and gives it back once somebody in the guest has wanted it in vain. */
export const modemHoldsOut: Meeting = (memory) => {
  const modem = new RemoteProcessor(memory, MODEM)
  modem.take()
  const enough = modem.ignored() + IN_VAIN
  const look = () => {
    if (modem.ignored() >= enough) modem.release()
    else memory.after(10, look)
  }
  look()
}
