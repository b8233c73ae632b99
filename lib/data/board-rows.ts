// SPDX-License-Identifier: MIT
// The shape of the generated table of boards (tables/boards.ts). On every board with SMEM that is known, the
// carve-out is `no-map` and SMEM's lock has index 3.

/** Physical address and bytes. */
export type Span = readonly [base: number, size: number]

export interface BoardRow {
  /** The last entry of the root node's `compatible`. */
  readonly soc: string
  /** The carve-out; without it the device tree describes no SMEM, and nothing below is there. */
  readonly smem?: Span
  /** Path of the node that has the range. */
  readonly node?: string
  /** Where the `qcom,smem` node is: under /reserved-memory, or elsewhere with a `memory-region`. */
  readonly style?: 'reserved-memory' | 'memory-region'
  /** Most specific `compatible` of the mutex bank. */
  readonly mutex?: string
  readonly bank?: Span
  readonly messageRam?: Span
  /** The SoC has it, but the smem node does not refer to it: it is no region of SMEM. */
  readonly messageRamUnused?: true
  /** Major version of the heap, where something public tells. */
  readonly heap?: number
  /** Key of `heapBases`. */
  readonly heapBasis?: string
  /** How many device trees of boards there are, and some of them. */
  readonly boards: number
  readonly examples: readonly string[]
  readonly dtsi?: string
}
