// SPDX-License-Identifier: MIT
// One who gets events. What it is slow to take waits for it up to a limit; beyond that it gets the whole page as it is
// by then, in place of all that it has missed. So the slowest one costs no more than the others, and delays nobody.

import type { ServerResponse } from 'node:http'
import type { Limits } from './limits.js'

/** Sent at once: that much has to be taken within the time that a viewer may stall. */
const PIECE = 2 ** 16
/** An event, not a comment: of a comment the page would learn nothing. Without data there is no event. */
const beat = Buffer.from('event: beat\ndata: {}\n\n')

export interface ViewerOptions extends Pick<Limits, 'queueLength' | 'queueSize' | 'stallTime'> {
  /** All that a viewer has to know, as it is now. */
  whole(): Buffer
}

export class Viewer {
  readonly #response: ServerResponse
  readonly #options: ViewerOptions
  readonly #queue: Buffer[] = []
  #waiting = 0
  /** What is being sent, and what of it is left. */
  #rest: Buffer = Buffer.alloc(0)
  /** Needs the whole page; it does when it comes. */
  #behind = true
  #stalled: NodeJS.Timeout | null = null

  /** The headers are sent already. */
  constructor(response: ServerResponse, options: ViewerOptions) {
    this.#response = response
    this.#options = options
    response.on('drain', () => {
      this.#settle()
      this.#send()
    })
    response.on('close', () => this.#settle())
    this.#send()
  }

  tell(message: Buffer): void {
    if (this.#behind) return
    this.#queue.push(message)
    this.#waiting += message.length
    this.#send()
    const { queueLength, queueSize } = this.#options
    if (this.#queue.length > queueLength || this.#waiting > queueSize) this.reset()
  }

  /** Next it gets the whole page. */
  reset(): void {
    this.#queue.length = 0
    this.#waiting = 0
    this.#behind = true
    this.#send()
  }

  /** A sign of life, where nothing else is under way. */
  beat(): void {
    if (this.#stalled === null) this.#write(beat)
  }

  end(): void {
    this.#settle()
    this.#response.destroy()
  }

  #send(): void {
    while (this.#stalled === null && this.#next()) {
      const piece = this.#rest.subarray(0, PIECE)
      this.#rest = this.#rest.subarray(piece.length)
      this.#write(piece)
    }
  }

  /** Whether something is left to send. */
  #next(): boolean {
    if (this.#rest.length > 0) return true
    if (this.#behind) {
      this.#behind = false
      this.#rest = this.#options.whole()
    } else {
      this.#rest = this.#queue.shift() ?? this.#rest
      this.#waiting -= this.#rest.length
    }
    return this.#rest.length > 0
  }

  #write(bytes: Buffer): void {
    if (this.#response.destroyed || this.#response.write(bytes)) return
    this.#stalled = setTimeout(() => this.end(), this.#options.stallTime)
  }

  #settle(): void {
    if (this.#stalled !== null) clearTimeout(this.#stalled)
    this.#stalled = null
  }
}
