// SPDX-License-Identifier: MIT
// What one contender did, one row for each request. Times are milliseconds of the monotonic clock, which all
// processes of a machine share.

import type { ErrorCode } from '#lib/errors.js'

export interface Event {
  readonly id: number
  /** Bytes that were asked for. */
  readonly size: number
  /** Remote host of the private partition, as apps sees it; null for the global heap. */
  readonly host: number | null
  readonly cached: boolean
  readonly begun: number
  readonly ended: number
  /** null where the item was allocated. */
  readonly code: ErrorCode | null
}

/** Rows of numbers: a hundred thousand objects would take longer to send than to make. */
export class EventLog {
  static readonly #WIDTH = 7
  #numbers = new Float64Array(EventLog.#WIDTH * 4096)
  #length = 0
  readonly #codes: (ErrorCode | null)[] = [null]

  add(event: Event): void {
    if (this.#length === this.#numbers.length) this.#grow()
    const { id, size, host, cached, begun, ended, code } = event
    let known = this.#codes.indexOf(code)
    if (known < 0) known = this.#codes.push(code) - 1
    const row = [id, size, host ?? -1, cached ? 1 : 0, begun, ended, known]
    this.#numbers.set(row, this.#length)
    this.#length += EventLog.#WIDTH
  }

  #grow(): void {
    const numbers = new Float64Array(this.#numbers.length * 2)
    numbers.set(this.#numbers)
    this.#numbers = numbers
  }

  /** To send to another process. */
  get packed(): PackedEvents {
    return { codes: this.#codes, numbers: this.#numbers.slice(0, this.#length) }
  }

  static unpack({ codes, numbers }: PackedEvents): Event[] {
    const events: Event[] = []
    for (let at = 0; at < numbers.length; at += EventLog.#WIDTH) {
      const [id, size, host, cached, begun, ended, code] = numbers.subarray(
        at,
        at + EventLog.#WIDTH,
      ) as unknown as [number, number, number, number, number, number, number]
      events.push({
        ...{ id, size, begun, ended },
        host: host < 0 ? null : host,
        cached: cached === 1,
        code: codes[code]!,
      })
    }
    return events
  }
}

export interface PackedEvents {
  readonly codes: readonly (ErrorCode | null)[]
  readonly numbers: Float64Array
}

/** Milliseconds of the monotonic clock. */
export function clock(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1e3 + nanoseconds / 1e6
}
