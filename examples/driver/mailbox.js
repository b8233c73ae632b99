// SPDX-License-Identifier: MIT
// A pretend driver: a mailbox for the modem, in the partition that both share. One word counts the messages, one has
// the length, then comes the text. The modem looks at the count, so that is stored last.

import { Host, SmemError } from 'qcom-smem'

/** An item that nobody else uses. */
export const MAILBOX = 300
const SIZE = 128
const COUNT = 0
const LENGTH = 4
const TEXT = 8

export class Mailbox {
  #item

  /** Makes the mailbox, or takes the one that is there: an item outlives every program. */
  constructor(smem) {
    this.#item = smem.alloc(MAILBOX, SIZE, { host: Host.MODEM, zero: true, existing: 'ok' })
  }

  /** How many messages were sent so far, by this program and by those before it. */
  get count() {
    return this.#item.read32(COUNT)
  }

  send(text) {
    const bytes = Buffer.from(text)
    if (bytes.length > SIZE - TEXT) throw new RangeError(`${bytes.length} bytes do not fit`)
    this.#item.write(bytes, TEXT)
    this.#item.write32(LENGTH, bytes.length)
    this.#item.write32(COUNT, this.count + 1)
  }

  /** The last message, as the modem would read it. */
  last() {
    return this.#item.read(TEXT, this.#item.read32(LENGTH)).toString()
  }
}

/** The mailbox; null where the lock cannot be had now, and it is worth trying again. */
export function openMailbox(smem) {
  try {
    return new Mailbox(smem)
  } catch (error) {
    if (error instanceof SmemError && error.code === 'ETIMEDOUT') return null
    throw error
  }
}
