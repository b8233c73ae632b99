// SPDX-License-Identifier: MIT
// The files that the pages speak of without making them: each is made when the first command names it.

import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { compress } from '#lib/dump/compression.js'
import { takeSnapshot } from '#lib/inspect/snapshot.js'
import { openSource } from '#lib/source/open.js'
import type { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage, type SmemImage } from '#lib/testing/image.js'
import { profiles } from '#lib/testing/profiles.js'
import { dtb } from '../board-discovery/tree-writer.js'

/** What a file holds, given the board of the page as it is at that moment; a folder makes its files itself. */
type Make = (soc: FakeSoc, path: string) => Uint8Array | undefined

const msm8916 = (): SmemImage => buildImage(profiles.msm8916.describe())

export const dumps: Readonly<Record<string, Make>> = {
  'smem.bin': () => msm8916().regions[0]!.bytes,
  'rpm.bin': () => msm8916().regions[1]!.bytes,
  'broken.bin': () => brokenImage(),
  'before.elf': snapshot,
  'smem.elf': snapshot,
  'smem.elf.gz': (soc) => compress(snapshot(soc), 'gzip'),
  'sdm845.dtb': () => dtb(tree),
  crash: (_soc, path) => ramdump(path),
}

function snapshot(soc: FakeSoc): Uint8Array {
  const source = openSource({ source: `fake:${soc.path}` })
  try {
    return takeSnapshot(source, { tool: { name: 'qcom-smem', version: '0' } }).bytes
  } finally {
    source.close()
  }
}

/** An SDM845's, in which the second item of the modem's partition has lost its canary. */
function brokenImage(): Uint8Array {
  const image = buildImage(profiles.sdm845.describe())
  const { bytes } = image.regions[0]!
  const SECOND_ITEM = 0x18f188
  if (bytes[SECOND_ITEM] !== 0xa5) throw new Error('the modem has another second item')
  bytes[SECOND_ITEM] = 0
  return bytes
}

const SSR_REASON = 421
const DRAM = 0x80000000
const MESSAGE_RAM = 0x60000
const DRAM_SIZE = 128 * 1024 * 1024

/** A split ramdump of an MSM8916; its DRAM is a file with a hole, and its modem gave a reason. */
function ramdump(folder: string): undefined {
  const image = msm8916()
  const [main, messageRam] = image.regions
  Buffer.from(main!.bytes.buffer).write(
    'fatal error in the fake modem',
    image.item(SSR_REASON).offset,
  )
  mkdirSync(folder)
  const fd = openSync(join(folder, 'DDRCS0_0.BIN'), 'wx')
  ftruncateSync(fd, DRAM_SIZE)
  writeSync(fd, main!.bytes, 0, main!.bytes.length, main!.base - DRAM)
  closeSync(fd)
  writeFileSync(join(folder, 'MSGRAM.BIN'), messageRam!.bytes)
  const row = (base: number, size: number, name: string, file: string) =>
    `   1 0x${base.toString(16).padStart(16, '0')} ${size} ${name} ${file}\n`
  writeFileSync(
    join(folder, 'dump_info.txt'),
    row(DRAM, DRAM_SIZE, 'DDR CS0 part0 Memo', 'DDRCS0_0.BIN') +
      row(MESSAGE_RAM, messageRam!.bytes.length, 'RPM MSG RAM', 'MSGRAM.BIN'),
  )
}

/** As mainline has it, as far as SMEM goes. */
const tree = {
  '#address-cells': 2,
  '#size-cells': 2,
  model: 'SDM845 MTP',
  compatible: ['qcom,sdm845-mtp', 'qcom,sdm845'],
  'reserved-memory': {
    '#address-cells': 2,
    '#size-cells': 2,
    ranges: true as const,
    'smem@86000000': {
      compatible: 'qcom,smem',
      reg: [0, 0x86000000, 0, 0x200000],
      'no-map': true as const,
      hwlocks: [1, 3],
    },
  },
  'hwlock@1f40000': {
    compatible: ['qcom,tcsr-mutex'],
    reg: [0, 0x01f40000, 0, 0x20000],
    '#hwlock-cells': 1,
    phandle: 1,
  },
}
