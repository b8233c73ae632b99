// SPDX-License-Identifier: MIT
// Item 402 in each version; version 0 with its spare word behind the entries, and before them.

import { type Golden, type Placed, written } from './golden.js'

const head = (version: number, count: number): Placed[] => [
  [0x00, 0x9da5e0a8],
  [0x04, 0xaf9ec4e2],
  [0x08, version],
  [0x10, count],
]

/** Little-kernel's: entries at 0x14, 56 bytes each. */
export const version0 = written(1816, [
  ...head(0, 2),
  [0x14, 'EBI1_CS0'],
  [0x24, 0x80000000],
  [0x28, 0x20000000],
  [0x2c, 1],
  [0x30, 8],
  [0x34, 1],
  [0x38, 1],
  [0x3c, 1],
  [0x4c, 'IMEM'],
  [0x5c, 0x2a000000],
  [0x60, 0xffffffff],
  [0x64, 0xffffffff],
  [0x68, 5],
  [0x6c, 0],
  [0x70, 99],
])

/** With the spare word at 0x14. */
export const version0Late = written(1816, [
  ...head(0, 1),
  [0x14, 0xdeadbeef],
  [0x28, 0x40000000],
  [0x2c, 0x10000000],
  [0x30, 1],
  [0x34, 14],
  [0x3c, 1],
  [0x40, 1],
])

/** So, too, with names, for each of the domains; the second begins 56 bytes later. */
export const version0LateIn = (domain: number) =>
  written(1816, [
    ...head(0, 2),
    [0x18, 'ram'],
    [0x28, 0x80000000],
    [0x2c, 0x10000000],
    [0x30, 1],
    [0x34, 14],
    [0x38, domain],
    [0x3c, 1],
    [0x40, 1],
    [0x50, 'rest'],
    [0x60, 0x90000000],
    [0x64, 0xffffffff],
    [0x68, 1],
    [0x6c, 14],
    [0x70, domain],
    [0x74, 1],
    [0x78, 1],
  ])

export const version1 = written(2072, [
  ...head(1, 2),
  [0x18, 'one'],
  [0x28, 0x80000000, 8],
  [0x30, 0x40000000, 8],
  [0x38, 1],
  [0x3c, 14],
  [0x40, 1],
  [0x44, 1],
  [0x48, 1],
  [0x4c, 7],
  // The second starts 64 bytes later.
  [0x68, 0x880000000, 8],
  [0x70, 0x180000000, 8],
  [0x7c, 14],
  [0x84, 1],
])

const version2or3 = (version: number) =>
  written(2328, [
    ...head(version, 2),
    [0x28, 0x80000000, 8],
    [0x30, 0x80000000, 8],
    [0x38, 1],
    [0x3c, 14],
    [0x44, 1],
    [0x48, 1],
    [0x4c, 2],
    [0x50, 15, 1],
    [0x54, 64],
    [0x58, 0x7fe00000, 8],
    // The second starts 72 bytes later.
    [0x70, 0x100000000, 8],
    [0x78, 0x80000000, 8],
    [0x84, 2],
    [0x8c, 9],
    [0x98, 16, 1],
    [0xa0, 0x80000000, 8],
  ])

export const version2 = version2or3(2)
export const version3 = version2or3(3)

export const golden: readonly Golden[] = [
  { id: 402, bytes: version0 },
  { id: 402, bytes: version0Late },
  { id: 402, bytes: version0LateIn(1) },
  { id: 402, bytes: version0LateIn(2) },
  { id: 402, bytes: version1 },
  { id: 402, bytes: version2 },
  { id: 402, bytes: version3 },
]
