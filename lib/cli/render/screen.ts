// SPDX-License-Identifier: MIT
// A whole terminal that is drawn again and again: the alternate screen of ECMA-48 terminals, without a cursor and
// without wrapping, and everything as it was when it is left.

import type { Style } from './style.js'

export interface Size {
  readonly columns: number
  readonly rows: number
}

/** Pieces of a line, each with how it is painted; painting takes no room. */
export type Line = readonly (readonly [
  text: string,
  paint?: ((text: string) => string) | undefined,
])[]

const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l'
const LEAVE = '\x1b[?7h\x1b[?25h\x1b[?1049l'
const HOME = '\x1b[H'
const ERASE_LINE = '\x1b[K'
const ERASE_BELOW = '\x1b[J'

export class Screen {
  readonly #out: (data: string) => void
  readonly #size: () => Size
  #open = false

  constructor(out: (data: string) => void, size: () => Size) {
    this.#out = out
    this.#size = size
  }

  get size(): Size {
    return this.#size()
  }

  enter(): void {
    if (this.#open) return
    this.#open = true
    this.#out(ENTER)
  }

  /** Idempotent. */
  leave(): void {
    if (!this.#open) return
    this.#open = false
    this.#out(LEAVE)
  }

  /** Shows `lines` from the top, as far as they fit. */
  draw(lines: readonly Line[]): void {
    if (!this.#open) return
    const { columns, rows } = this.#size()
    const fitting = lines.slice(0, rows).map((line) => cutTo(line, columns) + ERASE_LINE)
    this.#out(`${HOME}${fitting.join('\r\n')}${ERASE_BELOW}`)
  }
}

/** The line in `columns` characters. */
function cutTo(line: Line, columns: number): string {
  let room = columns
  let fitted = ''
  for (const [text, paint] of line) {
    const part = text.slice(0, room)
    room -= part.length
    if (part !== '') fitted += paint?.(part) ?? part
  }
  return fitted
}

/** How what has just changed is painted. */
export const highlight = (style: Style) => (text: string) => style.bold(style.yellow(text))
