// SPDX-License-Identifier: MIT
// /proc/iomem: who owns which physical range. /dev/mem refuses System RAM (STRICT_DEVMEM) and what a
// driver has claimed (IO_STRICT_DEVMEM), and this file is the evidence. Source: Linux kernel/resource.c,
// which prints zeros for every address to a reader without CAP_SYS_ADMIN.

import type { PhysicalRange } from './board.js'

export interface IomemRange extends PhysicalRange {
  readonly name: string
  /** 0 for the outermost; a driver's claim lies inside of its device's range. */
  readonly depth: number
  /** As in the file, without the indentation. */
  readonly line: string
}

export interface Iomem {
  readonly ranges: readonly IomemRange[]
  /** The kernel hid the addresses: nothing can be concluded from this table. */
  readonly hidden: boolean
}

const RANGE = /^( *)([0-9a-f]+)-([0-9a-f]+) : (.*)$/

/** Lines that are no range are left out. */
export function parseIomem(text: string): Iomem {
  const ranges = text.split('\n').flatMap((line) => {
    const [, indent, first, last, name] = RANGE.exec(line) ?? []
    if (indent === undefined || first === undefined || last === undefined) return []
    const base = Number.parseInt(first, 16)
    const size = Number.parseInt(last, 16) - base + 1
    return [{ base, size, name: name ?? '', depth: indent.length / 2, line: line.trim() }]
  })
  const hidden = ranges.length > 0 && ranges.every(({ base, size }) => base === 0 && size === 1)
  return { ranges: hidden ? [] : ranges, hidden }
}

/** Everything that shares a byte with `range`, in the order of the file. */
export function overlapping(iomem: Iomem, { base, size }: PhysicalRange): IomemRange[] {
  return iomem.ranges.filter((other) => other.base < base + size && base < other.base + other.size)
}
