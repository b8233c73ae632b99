// SPDX-License-Identifier: MIT
// What may stand in the labels of a metric. Each new set of labels is a time series that a Prometheus server keeps, and
// texts and host ids come out of memory that anybody may have written: so texts are short and printable, and a
// process shows only so many different sets for each metric; what comes after that is told as `other`.

import { hostName } from '../../data/hosts.js'

export type Labels = Readonly<Record<string, string>>

/** Characters of a text that are kept. */
const LONGEST = 80
/** Different sets of texts for one metric in the life of a process: no board starts its firmware that often. */
const MOST_SETS = 256
/** Different hosts without a name. */
const MOST_HOSTS = 16

const OTHER = 'other'

export class LabelValues {
  readonly #seen = new Map<string, Set<string>>()
  readonly #refused: () => void

  /** `refused` is called whenever something is told as `other`. */
  constructor(refused: () => void) {
    this.#refused = refused
  }

  /** `modem`; `host-30` where the id has no name. */
  host(id: number): string {
    const name = hostName(id)
    if (name !== null) return name
    const unnamed = `host-${id}`
    return this.#admits('host', unnamed, MOST_HOSTS) ? unnamed : OTHER
  }

  /** Texts out of memory for the labels of one metric. */
  texts(metric: string, values: Readonly<Record<string, unknown>>): Labels {
    const entries = Object.entries(values).map(([name, value]) => [name, plainText(value)] as const)
    const admitted = this.#admits(metric, JSON.stringify(entries), MOST_SETS)
    return Object.fromEntries(entries.map(([name, text]) => [name, admitted ? text : OTHER]))
  }

  #admits(kind: string, value: string, most: number): boolean {
    let seen = this.#seen.get(kind)
    if (seen === undefined) {
      seen = new Set()
      this.#seen.set(kind, seen)
    }
    if (seen.has(value)) return true
    if (seen.size < most) {
      seen.add(value)
      return true
    }
    this.#refused()
    return false
  }
}

/** What shows, and no more than fits a table; nothing for what is not there. */
export function plainText(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value)
  const shown = text.slice(0, LONGEST * 4).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')
  return [...shown].slice(0, LONGEST).join('').trim()
}
