// SPDX-License-Identifier: MIT
// Can the mutex word be reached? Where the kernel keeps claimed registers to itself (IO_STRICT_DEVMEM),
// its qcom_hwspinlock driver claims the page, unless the bank lies behind a syscon, which claims nothing.
// Reading SMEM does not need the lock. Source: Linux lib/devmem_is_allowed.c and kernel/resource.c.

import type { HwlockWord } from '../../board/board.js'
import { overlapping } from '../../board/iomem.js'
import { hexAddress } from '../../errors.js'
import { ok, unknown, type Verdict, warning } from './finding.js'
import type { Machine } from './machine.js'

const SMALLEST_PAGE = 4096
const REMEDY =
  'reading works without the lock; to take it, boot with iomem=relaxed, or describe the bank behind a syscon'

export function mutexPage(machine: Machine): Verdict {
  const { board, mutexWord } = machine
  const hwlock = board?.hwlock
  if (hwlock === undefined) return unknown('the mutex was not looked for')
  if (hwlock === null) {
    return warning(
      'the device tree names no mutex: SMEM can be read, the lock cannot be taken',
      [`/proc/device-tree${board!.carveOut.node}: no hwlocks`],
      'reading works without the lock; to allocate, give the qcom,smem node its hwlocks',
    )
  }
  const where = `mutex word ${hexAddress(hwlock.address)} (${hwlock.form})`
  const evidence = claimEvidence(machine, hwlock)
  if (mutexWord === null) return ok('the mutex word can be reached', [where, ...evidence])
  if (mutexWord === undefined) {
    return willBeRefused(machine, hwlock)
      ? warning('the kernel keeps the mutex page to itself', [where, ...evidence], REMEDY)
      : unknown('whether the mutex word can be reached was not tried', [where, ...evidence])
  }
  return warning(
    `SMEM can be read, its lock cannot be taken: the mutex page is refused (${mutexWord.code})`,
    [mutexWord.message, where, ...evidence],
    REMEDY,
  )
}

function willBeRefused({ kernel }: Machine, hwlock: HwlockWord): boolean {
  return (
    hwlock.form === 'reg' &&
    kernel.config.value('IO_STRICT_DEVMEM') === 'y' &&
    kernel.bound.qcom_hwspinlock.length > 0 &&
    !kernel.parameters.includes('iomem=relaxed')
  )
}

/** Who claims the page, and the three things that decide whether that matters. */
function claimEvidence({ kernel, iomem }: Machine, { address }: HwlockWord): string[] {
  const page = { base: address - (address % SMALLEST_PAGE), size: SMALLEST_PAGE }
  return [
    ...overlapping(iomem, page).map(({ line }) => `/proc/iomem: ${line}`),
    ...(iomem.hidden ? ['/proc/iomem: addresses are hidden from this user'] : []),
    kernel.config.line('IO_STRICT_DEVMEM'),
    ...kernel.bound.qcom_hwspinlock.map((path) => `${path}: bound`),
    kernel.parameters.includes('iomem=relaxed')
      ? '/proc/cmdline: iomem=relaxed'
      : '/proc/cmdline: no iomem=relaxed',
  ]
}
