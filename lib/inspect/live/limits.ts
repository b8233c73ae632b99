// SPDX-License-Identifier: MIT
// How much the live server gives to those who look, so that nobody can take so much that nothing is left for the
// others, or for the board. Times are in milliseconds, sizes in bytes.

export interface Limits {
  /** Open connections: of everybody, and of one address. */
  readonly connections: number
  readonly connectionsPerAddress: number
  /** Who gets events: of everybody, and of one address. */
  readonly viewers: number
  readonly viewersPerAddress: number
  /** Request line and headers together. */
  readonly headerSize: number
  readonly headers: number
  readonly urlLength: number
  /** For the headers to arrive; for a connection without a request. */
  readonly headersTime: number
  readonly idleTime: number
  /** For an answer other than events to be taken. */
  readonly answerTime: number
  /** Snapshots that are sent at the same time. */
  readonly snapshots: number
  /** What waits for a viewer: messages, and their bytes. Beyond that, it gets the whole page. */
  readonly queueLength: number
  readonly queueSize: number
  /** For a viewer to take a piece of what is sent; then it is dropped. */
  readonly stallTime: number
  /** Between two signs of life. The page gives up after three that it missed. */
  readonly heartbeat: number
}

export const defaultLimits: Limits = {
  connections: 256,
  connectionsPerAddress: 64,
  viewers: 32,
  viewersPerAddress: 16,
  headerSize: 8192,
  headers: 64,
  urlLength: 1024,
  headersTime: 5000,
  idleTime: 5000,
  answerTime: 120_000,
  snapshots: 4,
  queueLength: 64,
  queueSize: 2 ** 18,
  stallTime: 30_000,
  heartbeat: 5000,
}
