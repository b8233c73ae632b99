// SPDX-License-Identifier: MIT
// The two items that the kernel's socinfo driver reads: 137, which tells what SoC this is, and 469, the
// versions of the firmware images. Source: the kernel's include/linux/soc/qcom/socinfo.h.

/** What we place, and so what the kernel and the library have to say. Format is 0.`minor`. */
export interface Soc {
  readonly minor: number
  readonly id: number
  /** The kernel's name for that id. */
  readonly machine: string
  readonly revision: readonly [major: number, minor: number]
  readonly buildId: string
  readonly rawId: number
  readonly rawVersion: number
  readonly platform: number
  readonly platformVersion: readonly [major: number, minor: number]
  readonly subtype: number
  readonly foundry: number
  readonly serial: number
  /** Model and die revision of each power chip; formats from 0.11. */
  readonly pmics: readonly (readonly [model: number, major: number, minor: number])[]
  readonly chipFamily: number
  readonly chipId: string
  readonly clusters: number
  readonly modems: number
  readonly featureCode: number
  readonly pcode: number
}

/** Size of the fixed part of each format that is used here. */
const FIXED_SIZE: Record<number, number> = { 10: 0x64, 16: 0xc0 }

export function socinfoItem(soc: Soc): Buffer {
  const fixed = FIXED_SIZE[soc.minor]
  if (fixed === undefined) throw new Error(`no socinfo format 0.${soc.minor} here`)
  const whole = Buffer.alloc(0xc0 + soc.pmics.length * 8)
  const word = (offset: number, value: number) => whole.writeUInt32LE(value >>> 0, offset)
  word(0x00, soc.minor)
  word(0x04, soc.id)
  word(0x08, version(soc.revision))
  whole.write(soc.buildId, 0x0c, 32, 'latin1')
  word(0x2c, soc.rawId)
  word(0x30, soc.rawVersion)
  word(0x34, soc.platform)
  word(0x38, version(soc.platformVersion))
  word(0x40, soc.subtype)
  const [pmic] = soc.pmics
  if (pmic !== undefined) {
    word(0x44, pmic[0])
    word(0x48, version([pmic[1], pmic[2]]))
  }
  word(0x5c, soc.foundry)
  word(0x60, soc.serial)
  if (fixed <= 0x64) return whole.subarray(0, fixed)
  word(0x64, soc.pmics.length)
  word(0x68, fixed)
  word(0x6c, soc.chipFamily)
  whole.write(soc.chipId, 0x7c, 32, 'latin1')
  word(0x9c, soc.clusters)
  word(0xac, soc.modems)
  word(0xb0, soc.featureCode)
  word(0xb4, soc.pcode)
  soc.pmics.forEach(([model, major, minor], index) => {
    word(fixed + index * 8, model)
    word(fixed + index * 8 + 4, version([major, minor]))
  })
  return whole
}

export interface ImageVersion {
  /** Position in the table. */
  readonly index: number
  /** The kernel's folder for that position. */
  readonly folder: string
  readonly name: string
  readonly variant: string
  readonly oem: string
}

/** 32 records of 128 bytes: name, variant and OEM string. */
export function imageVersionsItem(images: readonly ImageVersion[]): Buffer {
  const table = Buffer.alloc(32 * 128)
  for (const { index, name, variant, oem } of images) {
    table.write(name, index * 128, 75, 'latin1')
    table.write(variant, index * 128 + 75, 20, 'latin1')
    table.write(oem, index * 128 + 96, 32, 'latin1')
  }
  return table
}

function version([major, minor]: readonly [number, number]): number {
  return major * 0x10000 + minor
}
