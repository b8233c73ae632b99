// SPDX-License-Identifier: MIT
// Makes sample.bin, a dump with calibration data in it, for trying the decoder; and the data itself, for its tests.

import { writeFileSync } from 'node:fs'
import { buildImage, profiles } from 'qcom-smem/testing'

/** The bytes of item 134: two inputs, and a checksum. */
export function calibration({ version = 1, count = 2 } = {}) {
  const bytes = Buffer.alloc(52)
  bytes.write('ACAL', 0)
  bytes.writeUInt16LE(version, 4)
  bytes.writeUInt16LE(count, 6)
  for (const [i, [name, range, kind]] of [
    ['battery', 4500, 0],
    ['coil', 1800, 1],
  ].entries()) {
    const at = 8 + i * 20
    bytes.write(name, at)
    bytes.writeUInt16LE(range, at + 8)
    bytes.writeUInt8(kind, at + 10)
    for (const point of [0, 1, 2, 3]) bytes.writeUInt16LE(range * point, at + 12 + point * 2)
  }
  bytes.writeUInt32LE(
    bytes.subarray(0, 48).reduce((total, byte) => total + byte, 0),
    48,
  )
  return bytes
}

/** An SMEM of the profile msm8916 that has `data` as item 134. */
export function imageWith(data) {
  const description = profiles.msm8916.describe()
  return buildImage({ ...description, global: [...description.global, { id: 134, data }] })
}

if (import.meta.url === `file://${process.argv[1]}`) {
  writeFileSync('sample.bin', imageWith(calibration()).bytes)
}
