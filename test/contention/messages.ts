// SPDX-License-Identifier: MIT
// Between the referee, the processes and their threads.

import type { Arena } from './arena.js'
import type { PackedEvents } from './event.js'

/** To a thread, by way of its process. */
export type Call =
  | { readonly call: 'enter'; readonly path: string; readonly arena: Arena; readonly seed: number }
  | { readonly call: 'fight' }

/** From a thread, when it has obeyed. */
export interface Answer {
  readonly thread: number
  /** After a fight. */
  readonly events?: PackedEvents
}
