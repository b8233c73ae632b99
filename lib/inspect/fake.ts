// SPDX-License-Identifier: MIT
// A fake SoC that is kept for others, as data: by which name they reach it.

import type { FakeSoc } from '../testing/fake-soc.js'
import { boardOf, type InfoReport } from './info.js'

export interface FakeReport {
  readonly schema: 'qcom-smem/fake@1'
  /** For `--source`, QCOM_SMEM_SOURCE and `Smem.open`. */
  readonly source: string
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
