// SPDX-License-Identifier: MIT
// A fake SoC that is kept for others: what it is made of, and as data, by which name they reach it.

import { between } from '../heap/holes.js'
import { copyOut } from '../port/copy.js'
import type { Source } from '../source/source.js'
import { FakeSoc } from '../testing/fake-soc.js'
import { type ImageRegion, SmemImage } from '../testing/image.js'
import type { FakeBoard } from '../testing/profile.js'
import { boardOf, type InfoReport } from './info.js'

export interface FakeReport {
  readonly schema: 'qcom-smem/fake@1'
  /** For `--source`, QCOM_SMEM_SOURCE and `Smem.open`. */
  readonly source: string
  /** null where its memory is that of a dump. */
  readonly profile: string | null
  readonly board: InfoReport['board']
  /** Who keeps it. */
  readonly pid: number
}

export function fakeReport(soc: FakeSoc): FakeReport {
  const { path, profile } = soc
  const { pid } = process
  return { schema: 'qcom-smem/fake@1', source: `fake:${path}`, profile, board: boardOf(soc), pid }
}

/** One whose memory starts as that of a dump, zero where the dump has a hole, with a mutex that is free. */
export function fakeOfDump({ regions, board }: Source): FakeSoc {
  const image = new SmemImage(regions.map(copied), [], [], null)
  return FakeSoc.fromImage(image, { board: hasMutex(board) ? board : undefined })
}

function copied({ port }: Source['regions'][number]): ImageRegion {
  const bytes = new Uint8Array(port.size)
  for (const { offset, size } of between(port.holes ?? [], port.size)) {
    copyOut(port, offset, bytes.subarray(offset, offset + size))
  }
  return { base: port.base, bytes }
}

function hasMutex(board: Source['board']): board is FakeBoard {
  return board !== null && board.hwlock !== null
}
