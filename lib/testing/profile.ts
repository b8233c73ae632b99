// SPDX-License-Identifier: MIT
// A profile is a SoC to pretend: what its SMEM holds, and the board that it would be found on.

import type { Board, HwlockWord } from '../board/board.js'
import { lockFamilies } from '../data/lock-families.js'
import type { ImageDescription, RegionDescription } from './description.js'

/**
 * A board whose hardware mutex is known.
 * @see {@link fakeBoard}
 */
export interface FakeBoard extends Board {
  readonly hwlock: HwlockWord
}

/**
 * A SoC that can be faked.
 * @see {@link profiles}
 */
export interface Profile {
  /** As in `fake:msm8916`. */
  readonly name: string
  /** One line for people. */
  readonly summary: string
  readonly board: FakeBoard
  /** Made anew at each call. */
  describe(): ImageDescription
}

/**
 * What a board is made from.
 * @see {@link fakeBoard}
 */
export interface BoardDescription {
  readonly model: string
  /** Most specific first; the last names the SoC. */
  readonly compatible: readonly string[]
  readonly carveOut: RegionDescription
  readonly auxiliary?: readonly RegionDescription[]
  /** Base of a TCSR mutex bank with one lock in each page. */
  readonly tcsr: number
}

const TCSR_SIZE = 0x20000
/** SMEM's lock on every known board. */
const SMEM_LOCK = 3

/**
 * A board as the device tree reader would tell it.
 * @example
 * ```ts
 * import { fakeBoard } from 'qcom-smem/testing'
 *
 * const { soc, hwlock } = fakeBoard({
 *   model: 'desk',
 *   compatible: ['acme,desk', 'qcom,sdm845'],
 *   carveOut: { base: 0x86000000, size: 0x200000 },
 *   tcsr: 0x01f40000,
 * })
 * console.log(soc, hwlock.address.toString(16)) // qcom,sdm845 1f43000
 * ```
 */
export function fakeBoard(description: BoardDescription): FakeBoard {
  const { model, compatible, carveOut, auxiliary = [], tcsr } = description
  const family = lockFamilies.find(({ name }) => name === 'tcsr')!
  return {
    model,
    compatible,
    soc: compatible.at(-1) ?? null,
    carveOut: {
      base: carveOut.base,
      size: carveOut.size,
      node: `/reserved-memory/smem@${carveOut.base.toString(16)}`,
      noMap: true,
    },
    auxiliary: auxiliary.map(({ base, size }) => ({ base, size })),
    hwlock: {
      family: family.name,
      bank: { base: tcsr, size: TCSR_SIZE },
      index: SMEM_LOCK,
      address: tcsr + family.offset + SMEM_LOCK * family.stride,
      form: 'reg',
    },
  }
}
