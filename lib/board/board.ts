// SPDX-License-Identifier: MIT
// What was found out about a machine: where its SMEM lies and which mutex word guards it. Filled in by
// the device tree reader, by a profile of the fake SoC, or from the board table.

/**
 * A physical range, bytes. `end` is not stored: a carve-out may end exactly at 4 GiB.
 * @see {@link boardOfSoc}
 */
export interface PhysicalRange {
  readonly base: number
  readonly size: number
}

/**
 * The memory that a device tree sets aside for SMEM.
 * @see {@link boardOfSoc}
 */
export interface CarveOut extends PhysicalRange {
  /** Path of the node that has the range. */
  readonly node: string
  /** Without `no-map` the kernel has it in its linear map, and /dev/mem refuses it (STRICT_DEVMEM). */
  readonly noMap: boolean
}

/**
 * The hardware mutex that guards the heap, among its fellows.
 * @see {@link boardOfSoc}
 */
export interface HwlockWord {
  /** Row of `data/lock-families.ts`. */
  readonly family: string
  /** Physical address and size of the bank. */
  readonly bank: PhysicalRange
  /** Index of SMEM's lock in the bank (3 on every known board). */
  readonly index: number
  /** Physical address of that lock's word: bank + offset + index x stride. */
  readonly address: number
  /** How the tree describes the bank; the kernel does not claim the `syscon` form. */
  readonly form: 'reg' | 'syscon'
}

/**
 * What a device tree says of an SMP2P edge of the processor that it is for.
 * @see {@link Board}
 */
export interface Smp2pEdgeNode {
  /** Path of the node. */
  readonly node: string
  /** SMEM host id of the other processor. */
  readonly remote: number
  /** Item that the other writes. */
  readonly in: number
  /** Item that it reads. */
  readonly out: number
  /** The words that the kernel uses, by their names in the items. */
  readonly entries: readonly { readonly name: string; readonly direction: 'in' | 'out' }[]
}

/**
 * What a device tree, or the board table, says of a machine.
 * @example
 * ```ts
 * import { Smem } from 'qcom-smem'
 *
 * using smem = Smem.open({ source: 'fake:msm8916' })
 * const { board } = smem.source
 * console.log(board?.soc, board?.auxiliary.length) // qcom,msm8916 1
 * for (const { remote, entries } of board?.smp2p ?? []) console.log(remote, entries.length)
 * ```
 */
export interface Board {
  /** `model` of the root node. */
  readonly model: string | null
  /** `compatible` of the root node, most specific first. */
  readonly compatible: readonly string[]
  /** The SoC, e.g. `qcom,sdm845`: the last `qcom,` entry of `compatible`. */
  readonly soc: string | null
  readonly carveOut: CarveOut
  /** Auxiliary regions, in the order in which a TOC's aux_base is matched against them. */
  readonly auxiliary: readonly PhysicalRange[]
  /** null where the tree describes no mutex bank. */
  readonly hwlock: HwlockWord | null
  /** Missing where the board was not read out of a device tree. */
  readonly smp2p?: readonly Smp2pEdgeNode[]
}
