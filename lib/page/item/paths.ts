// SPDX-License-Identifier: MIT
// Which fields in memory a path of the decoded value means, and which path a field. A line of an array shows all of
// its elements, and a structure covers its parts: `words` means `words[3]` as well, but `id` does not mean `idle`.

import type { FieldSpan } from './hex-rows.js'

const HUES = 6

export class FieldIndex {
  readonly fields: readonly FieldSpan[]
  readonly #within = new Map<string, number[]>()
  readonly #hues: Uint8Array

  constructor(fields: readonly FieldSpan[]) {
    this.fields = fields
    this.#hues = new Uint8Array(fields.length)
    fields
      .map(({ offset }, index) => ({ offset, index }))
      .sort((a, b) => a.offset - b.offset)
      .forEach(({ index }, place) => {
        this.#hues[index] = place % HUES
      })
    fields.forEach(({ path }, index) => {
      for (const whole of wholes(path)) {
        const known = this.#within.get(whole)
        if (known === undefined) this.#within.set(whole, [index])
        else known.push(index)
      }
    })
  }

  /** Indices of the fields that are `path`, parts of it, or else the one that it is a part of. */
  of(path: string): readonly number[] {
    for (const whole of wholes(path)) {
      const found = this.#within.get(whole)
      if (found !== undefined) return whole === path ? found : this.#exact(whole, found)
    }
    return []
  }

  /** 0 to 5; neighbours in memory differ. */
  hue(index: number): number {
    return this.#hues[index] ?? 0
  }

  #exact(path: string, indices: readonly number[]): number[] {
    return indices.filter((index) => this.fields[index]!.path === path)
  }
}

/** `pmics[2].model`, `pmics[2]`, `pmics`. */
function wholes(path: string): string[] {
  const found = [path]
  for (let at = path.length - 1; at > 0; at--) {
    if (path[at] === '.' || path[at] === '[') found.push(path.slice(0, at))
  }
  return found
}
