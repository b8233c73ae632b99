// SPDX-License-Identifier: MIT
// A watch on the whole terminal: drawn when something was sampled, when the terminal was resized, and when the
// program was stopped and goes on. However it ends, the terminal is as it was.

import { WatchBoard } from '../../inspect/watch/board.js'
import type { WatchEvent } from '../../smem/watch/event.js'
import type { Sampler } from '../../smem/watch/sampler.js'
import type { Context } from '../command.js'
import { Screen } from './screen.js'
import { watchLines } from './screen-watch.js'

export interface WatchedSource {
  readonly source: string
  readonly interval: number
  /** Items were named: all of their fields are shown. */
  readonly named: boolean
}

/** Nobody sees more than about ten pictures a second, ms. */
const FRAME = 90

export class ScreenView {
  readonly #context: Context
  readonly #sampler: Sampler
  readonly #about: WatchedSource
  readonly #board: WatchBoard
  readonly #screen: Screen
  readonly #off: readonly (() => void)[]
  #drawn = Number.NEGATIVE_INFINITY

  constructor(context: Context, sampler: Sampler, about: WatchedSource) {
    this.#context = context
    this.#sampler = sampler
    this.#about = about
    this.#board = new WatchBoard(sampler, about.named)
    this.#screen = new Screen(context.out, () => context.size() ?? { columns: 80, rows: 24 })
    this.#screen.enter()
    this.#off = [
      context.onSignal('SIGWINCH', () => this.#draw()),
      context.onSignal('SIGTSTP', () => {
        this.#screen.leave()
        context.suspend()
      }),
      context.onSignal('SIGCONT', () => {
        this.#screen.enter()
        this.#draw()
      }),
    ]
  }

  show(events: readonly WatchEvent[], time: Date): void {
    this.#board.take(events, time)
    if (performance.now() - this.#drawn >= FRAME) this.#draw()
  }

  [Symbol.dispose](): void {
    for (const end of this.#off) end()
    this.#screen.leave()
  }

  #draw(): void {
    this.#drawn = performance.now()
    const { samples } = this.#sampler
    const { style } = this.#context
    this.#screen.draw(
      watchLines(this.#board, { ...this.#about, samples }, this.#screen.size, style),
    )
  }
}
