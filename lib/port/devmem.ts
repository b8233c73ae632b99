// SPDX-License-Identifier: MIT
// Physical memory of this machine, through /dev/mem. Always O_SYNC: SMEM is `no-map` nearly everywhere and
// then Device memory whatever the flag, but where it is not, a cacheable mapping would be incoherent with
// the other processors. Source: Linux arch/arm64/mm/mmu.c, phys_mem_access_prot().

import { closeSync, constants, openSync } from 'node:fs'
import { hexAddress } from '../errors.js'
import { attempt, mapFile } from './mapped.js'
import type { MemoryPort } from './port.js'

export const DEV_MEM = '/dev/mem'

export interface DevMemOptions {
  writable?: boolean | undefined
  /** DRAM, which takes 64-bit loads too; see `MappedRange.wide`. */
  wide?: boolean | undefined
  /** The memory device; a regular file can stand in for it. */
  device?: string | undefined
}

/**
 * Maps `size` bytes of physical memory at `base`, of which only the pages needed. Read-only unless asked.
 * @throws SmemError EACCES (not root), EPERM (capability, lockdown, STRICT_DEVMEM), ENOENT (no device),
 *   ENODEV (no native module)
 */
export function openDevMem(base: number, size: number, options: DevMemOptions = {}): MemoryPort {
  const { writable = false, wide = false, device = DEV_MEM } = options
  const hint = 'qcom-smem doctor says what stands in the way on this machine'
  const fd = attempt(
    `open ${device}`,
    () => openSync(device, constants.O_SYNC | (writable ? constants.O_RDWR : constants.O_RDONLY)),
    hint,
  )
  try {
    const range = { position: base, size, base, writable, wide }
    return attempt(
      `map ${size} bytes of ${device} at ${hexAddress(base)}`,
      () => mapFile(fd, range),
      hint,
    )
  } finally {
    closeSync(fd)
  }
}
