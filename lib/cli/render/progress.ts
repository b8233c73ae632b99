// SPDX-License-Identifier: MIT
// How far a long search has come, in one line on a terminal that is drawn over itself. What is over sooner than
// people notice shows nothing.

/** Milliseconds before anything is shown, and between two looks. */
const PATIENCE = 300
const INTERVAL = 100
const WIDTH = 24

const ERASE = '\r\x1b[K'

export interface ProgressTerminal {
  /** Whether a person reads what `err` writes. Asked when there is something to show. */
  readonly isErrorTerminal: boolean
  err(text: string): void
}

export class ProgressBar {
  readonly #terminal: ProgressTerminal
  readonly #now: () => number
  #next: number | null = null
  #shown = false

  /** @param now milliseconds from any start */
  constructor(terminal: ProgressTerminal, now: () => number = () => performance.now()) {
    this.#terminal = terminal
    this.#now = now
  }

  /** Ends with `done` at `total`; a new search can follow. */
  update(done: number, total: number, doing: string): void {
    if (done >= total) {
      this.clear()
      return
    }
    const now = this.#now()
    this.#next ??= now + PATIENCE
    if (now < this.#next) return
    this.#next = now + INTERVAL
    if (!this.#terminal.isErrorTerminal) return
    this.#shown = true
    this.#terminal.err(`${ERASE}${line(done / total, total, doing)}`)
  }

  /** Takes the line away, before anything else is written there. */
  clear(): void {
    if (this.#shown) this.#terminal.err(ERASE)
    this.#shown = false
    this.#next = null
  }
}

function line(part: number, total: number, doing: string): string {
  const full = Math.floor(part * WIDTH)
  const bar = `${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}`
  const percent = String(Math.floor(part * 100)).padStart(3)
  return `${doing} [${bar}] ${percent} % of ${(total / 2 ** 20).toFixed(0)} MiB`
}
