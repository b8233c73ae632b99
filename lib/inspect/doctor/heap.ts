// SPDX-License-Identifier: MIT
// Has the boot loader set SMEM up, in a format that we know? Two words of the header decide.

import { hexAddress } from '../../errors.js'
import { heapVersion, isInitialized } from '../../heap/header.js'
import { Header, HeapInfo, MASTER_SBL_VERSION } from '../../layout/header.js'
import { ok, problem, unknown, type Verdict } from './finding.js'
import type { Machine } from './machine.js'

/** Majors of the master boot loader's version word: a table of contents, and partitions only. */
const KNOWN_MAJORS: readonly number[] = [11, 12]

export function heap({ board, header }: Machine): Verdict {
  if (board === null || header === null) return unknown('the heap was not looked at')
  const { base } = board.carveOut
  const word = (name: string, offset: number, value: number) =>
    `${hexAddress(base + offset)}: ${hexAddress(value)} (${name})`
  const info = Header.offsets.heapInfo
  const { raw, major, minor } = heapVersion(header)
  const evidence = [
    word('initialized', info + HeapInfo.offsets.initialized, header.heapInfo.initialized),
    word('reserved', info + HeapInfo.offsets.reserved, header.heapInfo.reserved),
    word('version', Header.offsets.versions + 4 * MASTER_SBL_VERSION, raw),
  ]
  if (!isInitialized(header)) {
    return problem(
      'SMEM is not initialised: no boot loader has set it up',
      evidence,
      'this is done before Linux starts: check the boot firmware, and that the device tree gives the right place',
    )
  }
  if (!KNOWN_MAJORS.includes(major)) {
    return problem(
      `the heap has version ${major}.${minor}, which is not known here`,
      evidence,
      'versions 11 and 12 can be read; check that the device tree gives the right place',
    )
  }
  return ok(`the heap is set up, version ${major}.${minor}`, evidence)
}
