// SPDX-License-Identifier: MIT
// Sources for tests of the page: an image in ordinary memory, as a dump or as if it were a running SoC's.

import type { PageData } from '#lib/inspect/page.js'
import { reportPage } from '#lib/inspect/report.js'
import type { Source } from '#lib/source/source.js'
import type { SmemImage } from '#lib/testing/image.js'
import { regionsOf } from '../heap/images.js'

export const tool = { name: 'qcom-smem', version: '1.2.3' }

export function sourceOf(image: SmemImage, more: Partial<Source> = {}): Source {
  const refuse = () => {
    throw new Error('nobody writes here')
  }
  return {
    name: 'file:test.bin',
    live: false,
    foreign: true,
    captured: null,
    regions: regionsOf(image),
    board: null,
    warnings: [],
    hwlockOwner: () => null,
    lockFile: null,
    openLock: refuse,
    openMutex: refuse,
    close: () => {},
    ...more,
  }
}

/** Of a running SoC, where partitions between two others must not be touched. */
export const running: Partial<Source> = { name: 'live', live: true, foreign: false }

export function pageOf(source: Source): PageData {
  return reportPage(source, { tool })
}
