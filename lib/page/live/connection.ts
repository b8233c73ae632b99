// SPDX-License-Identifier: MIT
// The stream of server-sent events (WHATWG HTML, 9.2) that tells what changes. The browser's own retry gives up
// where a server answers with an error, as one does that is just starting: here every failure is tried again,
// later each time.

export interface Heard {
  /** Everything, as it is now. */
  page(data: string): void
  /** What has changed since the last event. */
  change(data: string): void
  /** Whether the server can read its memory. */
  source(data: string): void
  /** The server answers. */
  open(): void
  /** It does not; it is asked again in a while. */
  lost(): void
}

const FIRST_WAIT = 500
const LONGEST_WAIT = 15_000
/**
 * A server that lives sends something every 5 seconds. A board without power, and a tunnel that broke, end nothing:
 * they only fall silent.
 */
const SILENCE = 16_000

export class Connection {
  readonly #url: string
  readonly #heard: Heard
  #stream: EventSource | null = null
  #timer: number | undefined
  #silence: number | undefined
  #wait = FIRST_WAIT

  constructor(url: string, heard: Heard) {
    this.#url = url
    this.#heard = heard
  }

  /** Connects now, whether or not a try is due. */
  open(): void {
    this.close()
    const stream = new EventSource(this.#url)
    this.#stream = stream
    stream.onopen = () => {
      this.#wait = FIRST_WAIT
      this.#heard.open()
    }
    stream.onerror = () => this.#retry()
    for (const kind of ['page', 'change', 'source'] as const) {
      stream.addEventListener(kind, ({ data }) => {
        this.#heard[kind](data)
        this.#listen()
      })
    }
    stream.addEventListener('beat', () => this.#listen())
  }

  close(): void {
    window.clearTimeout(this.#timer)
    window.clearTimeout(this.#silence)
    this.#stream?.close()
    this.#stream = null
  }

  /** Not before the first event: over a slow line that one, the whole page, may take its time. */
  #listen(): void {
    window.clearTimeout(this.#silence)
    this.#silence = window.setTimeout(() => this.#retry(), SILENCE)
  }

  #retry(): void {
    this.close()
    // Not all viewers of a server that comes back at the same moment.
    const wait = Math.round(this.#wait * (0.75 + Math.random() / 2))
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT)
    this.#timer = window.setTimeout(() => this.open(), wait)
    this.#heard.lost()
  }
}
