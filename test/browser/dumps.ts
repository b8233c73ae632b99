// SPDX-License-Identifier: MIT
// Dumps that nobody would want to open: heaps that are broken, and memory whose every string is an attack on the
// page that shows it, or on a terminal.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildImage, FakeSoc, findProfile, type SmemImage } from '#lib/testing/index.js'
import { fakeBoard } from '#lib/testing/profile.js'
import { run } from './program.js'

/** A folder for the tests of the surrounding `describe`. */
export function useFolder(): (name: string) => string {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'qcom-smem-browser-'))
  })
  after(() => rmSync(folder, { recursive: true }))
  return (name) => join(folder, name)
}

/** Entries, a partition header and a TOC record that make no sense any more. */
export function writeCorruptDump(path: string): void {
  const image = buildImage(findProfile('sdm845').describe())
  const [, third, ...others] = image.items
  image.patch32(third!.record, 0xdeadbeef)
  image.patch32(others[12]!.record + 4, 0x7fffffff)
  image.patch32(image.partitions[2]!.offset, 0x12345678)
  writeFileSync(path, image.regions[0]!.bytes)
}

/** Not even its header is there. */
export function writeEmptyDump(path: string): void {
  writeFileSync(path, new Uint8Array(0x10000))
}

/** A thousand items in 2 MiB. */
export function writeLargeDump(path: string): void {
  const items = (first: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({ id: first + i, size: 1024, data: `item ${i}` }))
  const image = buildImage({
    ...{ version: 12, base: 0x86000000, size: 0x200000 },
    partitions: [
      { global: true, size: 0x90000, items: items(8, 500) },
      { host0: 0, host1: 1, size: 0x90000, items: items(8, 500) },
    ],
  })
  writeFileSync(path, image.regions[0]!.bytes)
}

/** A boot info with keys that nobody should find in a report: `k` and `i`, 32 times each. */
export function writeKeysDump(path: string): void {
  const data = Buffer.alloc(112)
  data.writeUInt32LE(32, 0)
  data.fill('k', 8, 40).fill('i', 40, 72)
  const global = [{ id: 418, data }]
  const image = buildImage({ version: 11, base: 0x86000000, size: 0x10000, global })
  writeFileSync(path, image.regions[0]!.bytes)
}

/** Items whose long names differ in the number at their end alone. */
export function writeRunsDump(path: string): void {
  const items = Array.from({ length: 4 }, (_, i) => ({ id: 300 + i, size: 8 }))
  const image = buildImage({ version: 11, base: 0x86000000, size: 0x10000, global: items })
  writeFileSync(path, image.regions[0]!.bytes)
}

const attacks = [
  '<script>alert("script")</script>',
  '"><img src=x onerror=alert(1)>',
  "';alert(String.fromCharCode(88))//",
  'javascript:alert(document.domain)',
  '</script><svg/onload=alert(2)>',
  '\x1b]0;owned\x07\x1b[2J\x1b[31mred',
  '<a href=//evil.example>here</a>',
  '\u202egnp.exe\u2028<b>x</b>\ufeff',
  '<b id=data>{{7*7}}',
  '<i onclick=a()>',
  '"onload=a(',
  '<b>x</b>',
  '</td><',
]

/**
 * A snapshot of the profile in which every string is an attack: those in items, and those that the board's device
 * tree would tell.
 */
export function writeHostileDump(path: string, profile: string): void {
  const { describe, board } = findProfile(profile)
  const image = buildImage(describe())
  let count = 0
  const next = (room: number) => {
    const fitting = attacks.map((text) => Buffer.from(text)).filter(({ length }) => length <= room)
    const long = fitting.filter(({ length }) => length > room / 2)
    const choice = long.length > 0 ? long : fitting.slice(0, 6)
    return choice[count++ % choice.length]!
  }
  for (const text of texts(image)) {
    const attack = next(text.length)
    attack.copy(text)
    text.fill(0, attack.length)
  }
  const soc = FakeSoc.fromImage(image, {
    board: fakeBoard({
      model: '<script>alert("model")</script>',
      compatible: ['"><img src=x onerror=alert(3)>', 'javascript:alert(4)'],
      carveOut: board.carveOut!,
      auxiliary: board.auxiliary,
      tcsr: board.hwlock.bank.base,
    }),
  })
  try {
    run(['--source', `fake:${soc.path}`, 'snapshot', '-o', path])
  } finally {
    soc.close()
  }
}

/** Every piece of an item that reads like text. */
function texts(image: SmemImage): Buffer[] {
  return image.items.flatMap(({ region, offset, size }) => {
    const { buffer, byteOffset } = image.regions[region]!.bytes
    const bytes = Buffer.from(buffer, byteOffset + offset, size)
    return [...bytes.toString('latin1').matchAll(/[\x20-\x7e]{8,}/g)].map(({ index, 0: found }) => {
      return bytes.subarray(index, index + found.length)
    })
  })
}
