// SPDX-License-Identifier: MIT
// Item 418 of four generations; two of them hold keys.

import { type Golden, written } from './golden.js'

const flags = written(12, [
  [0, 0x11],
  [4, 2],
  [8, 3],
])

const msm7k = written(16, [
  [0, 0x00200000],
  [4, 1],
  [8, 2],
  [12, 3],
])

const msm7x30 = written(112, [
  [0x00, 32],
  [0x04, 16],
  [0x08, 'k'.repeat(32)],
  [0x28, 'i'.repeat(32)],
  [0x48, 4],
  [0x4c, 0x67],
  [0x60, 1234],
  [0x64, 5],
  [0x68, 6],
])

const msm7x27a = written(140, [
  [0x00, 0x00200000],
  [0x04, 1],
  [0x08, 2],
  [0x0c, 3],
  [0x10, 32],
  [0x14, 16],
  [0x18, 'k'.repeat(32)],
  [0x38, 'i'.repeat(32)],
  [0x58, 0x67, 2],
  [0x6c, 1234],
])

export const golden: readonly Golden[] = [flags, msm7k, msm7x30, msm7x27a].map((bytes) => ({
  id: 418,
  bytes,
}))
