// SPDX-License-Identifier: MIT
// Does the device tree say where SMEM and its mutex are?

import { hexAddress } from '../../errors.js'
import { ok, problem, unknown, type Verdict } from './finding.js'
import type { Machine } from './machine.js'

export function smemNode({ board, boardError }: Machine): Verdict {
  if (boardError !== null) {
    return problem(
      boardError.code === 'ENODEV'
        ? 'the device tree describes no SMEM'
        : 'what the device tree says of SMEM cannot be followed',
      [boardError.message],
      boardError.hint ?? 'check that the board boots with the device tree made for it',
    )
  }
  if (board === null) return unknown('there is no device tree to find a qcom,smem node in')
  const { carveOut, hwlock, auxiliary } = board
  return ok(`SMEM is at ${hexAddress(carveOut.base)}, ${carveOut.size} bytes`, [
    `/proc/device-tree${carveOut.node}: ${carveOut.noMap ? 'has no-map' : 'no no-map'}`,
    ...auxiliary.map(({ base, size }) => `auxiliary region: ${hexAddress(base)}, ${size} bytes`),
    hwlock === null
      ? 'no mutex bank'
      : `mutex word ${hexAddress(hwlock.address)}: lock ${hwlock.index} of a ${hwlock.family} bank (${hwlock.form})`,
  ])
}
