// SPDX-License-Identifier: MIT
// All who get events: each message is written once and handed to everybody. Server-sent events as the HTML standard has
// them (9.2): a name, one line of JSON, an empty line.

import type { ServerResponse } from 'node:http'
import type { Feed, Message } from './feed.js'
import type { Limits } from './limits.js'
import { Viewer } from './viewer.js'

/** Milliseconds after which a browser that knows nothing better comes again. */
const RETRY = 1000

export class Audience {
  readonly #viewers = new Map<Viewer, string>()
  readonly #limits: Limits
  readonly #beating: NodeJS.Timeout
  /** Of the page as it is; made when somebody needs it. */
  #whole: Buffer | null = null

  constructor(limits: Limits) {
    this.#limits = limits
    this.#beating = setInterval(() => {
      for (const viewer of this.#viewers.keys()) viewer.beat()
    }, limits.heartbeat).unref()
  }

  get size(): number {
    return this.#viewers.size
  }

  /** Whether one more from there is too many. */
  isFull(address: string): boolean {
    const there = [...this.#viewers.values()].filter((other) => other === address)
    return this.size >= this.#limits.viewers || there.length >= this.#limits.viewersPerAddress
  }

  /** From now on `response`, whose headers are sent, gets events. */
  add(response: ServerResponse, address: string, feed: Pick<Feed, 'whole'>): void {
    const viewer = new Viewer(response, { ...this.#limits, whole: () => this.#wholeOf(feed) })
    this.#viewers.set(viewer, address)
    response.on('close', () => this.#viewers.delete(viewer))
  }

  tell(message: Message): void {
    this.#whole = null
    const bytes = message.event === 'page' ? null : written(message.event, message.data)
    for (const viewer of this.#viewers.keys()) {
      if (bytes === null) viewer.reset()
      else viewer.tell(bytes)
    }
  }

  close(): void {
    clearInterval(this.#beating)
    for (const viewer of this.#viewers.keys()) viewer.end()
  }

  #wholeOf({ whole: { page, source } }: Pick<Feed, 'whole'>): Buffer {
    this.#whole ??= Buffer.concat([
      Buffer.from(`retry: ${RETRY}\n`),
      written('page', page),
      written('source', source),
    ])
    return this.#whole
  }
}

function written(event: string, data: string): Buffer {
  return Buffer.from(`event: ${event}\ndata: ${data}\n\n`)
}
