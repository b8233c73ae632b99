// SPDX-License-Identifier: MIT
// The boots whose mutex registers arbitrate, by the emulator's plugin. In all of them the kernel gives out the
// page of the lock, in one of the two ways in which it does: iomem=relaxed, or the registers behind a syscon.

import { crowded } from './crowded.js'
import { KERNELS_OWN_ID, OWN_ID, REMOTE_HOLDS, STICKY_WRITES } from './exclusion.js'
import type { DumpReader } from './host.js'
import { type Image, version11, version12 } from './image.js'
import { publishing } from './publishing.js'
import type { Scenario } from './scenario.js'
import { edgesOf, LOADED_BY_HAND, sharingPart, turnsTo } from './sharing.js'
import type { TreeStyle } from './tree.js'
import { KERNEL_HOLDS, KERNEL_WAITS, LATE, WE_WAIT } from './waiting.js'

const RELAXED = 'iomem=relaxed'

/** `style`: of the trees, where nothing else is said. */
export function mutexScenarios(style: TreeStyle, reader: DumpReader): Scenario[] {
  const plain: TreeStyle = { ...style, processors: 2 }
  const syscon: TreeStyle = { ...plain, mutex: 'syscon' }
  return [
    {
      name: 'mutex',
      title: `Mutex registers that arbitrate, ${RELAXED}`,
      image: version12(),
      tree: { ...plain, more: [LATE] },
      append: RELAXED,
      arbitrated: true,
      parts: [STICKY_WRITES, REMOTE_HOLDS, WE_WAIT, KERNEL_WAITS, KERNELS_OWN_ID],
    },
    {
      name: 'mutex-kernel',
      title: 'Mutex registers that arbitrate, mutex by syscon, a partition of 8 million items',
      image: crowded(),
      tree: syscon,
      append: '',
      arbitrated: true,
      parts: [OWN_ID, KERNEL_HOLDS],
    },
    shared(
      version11({ published: false }),
      { ...plain, smem: 'reserved' },
      RELAXED,
      [5],
      12,
      reader,
    ),
    shared(version12({ published: false }), syscon, '', [1, 2, 5], 4, reader),
  ]
}

/** Kernel and library allocate in turn, towards each of the hosts so many times. */
function shared(
  image: Image,
  tree: TreeStyle,
  append: string,
  hosts: readonly number[],
  times: number,
  reader: DumpReader,
): Scenario {
  const published = publishing(image)
  const turns = turnsTo(Array.from({ length: times }, () => hosts).flat())
  return {
    name: `mutex-shared-v${image.version}`,
    title: `Version ${image.version}, kernel and library allocate in turn ${append}`.trim(),
    image,
    tree: { ...tree, more: edgesOf(turns) },
    append,
    arbitrated: true,
    parts: [LOADED_BY_HAND, published.part, sharingPart(image, published.placed, turns, reader)],
  }
}
