// SPDX-License-Identifier: MIT
// How much trouble a run takes: much for figures, little to see that everything runs.

export interface Effort {
  /** Of what takes microseconds, and of the same for many sizes. */
  readonly rounds: number
  readonly growthRounds: number
  /** Of whole processes, which take longer and vary less; and of those that take seconds. */
  readonly lives: number
  readonly slowRounds: number
  /** Bytes of a dump that is full and is looked through; of a sparse one, out of which SMEM is listed. */
  readonly fullDump: number
  readonly sparseDump: number
  /** Of watching. */
  readonly warmUpSeconds: number
  readonly seconds: number
  /** The command that starts node, and its first arguments. */
  readonly node: readonly [command: string, ...args: string[]]
}

export const thorough: Effort = {
  rounds: 101,
  growthRounds: 31,
  lives: 31,
  slowRounds: 3,
  fullDump: 512 * 2 ** 20,
  sparseDump: 4 * 2 ** 30,
  warmUpSeconds: 3,
  seconds: 10,
  node: [process.execPath],
}
