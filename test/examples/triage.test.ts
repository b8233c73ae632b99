// SPDX-License-Identifier: MIT
// The triage script of the examples: a verdict on every dump, however damaged, and exit codes that tell them apart.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ItemId } from '#lib/data/item-names.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage, type SmemImage } from '#lib/testing/image.js'
import { profiles } from '#lib/testing/profiles.js'
import { remoteRoles } from '#lib/testing/remote/kind.js'
import { Random } from '#lib/testing/remote/random.js'
import { Stage } from './stage.js'

const crashed = () => buildImage(profiles.sdm845.describe())

/** The same board before its modem crashed. */
function sound(): SmemImage {
  const image = crashed()
  const { offset } = image.item(ItemId.SSR_REASON_MSS0, 0)
  image.bytes.fill(0, offset, offset + 81)
  return image
}

function changed(image: SmemImage, change: (image: SmemImage) => void): Uint8Array {
  change(image)
  return image.bytes
}

/** What a dump holds, and what is said of it. */
const dumps: Readonly<Record<string, readonly [bytes: () => Uint8Array, code: number, RegExp]>> = {
  'of a modem that crashed': [() => crashed().bytes, 1, /: MSS crashed: modem_main\.c:310: /],
  'of a board that is well': [() => sound().bytes, 0, /: no subsystem left .* heap is sound\n/],
  'with a broken item': [
    () => changed(sound(), (image) => image.patch32(image.item(428, 1).record, 0)),
    1,
    /heap is damaged in 1 places\n(?:.*\n)*? {2}heap: partition-canary: /,
  ],
  'whose modem crashed, and left a broken partition': [
    () => changed(crashed(), (image) => image.patch32(image.partitions[1]!.offset, 0)),
    1,
    /: MSS crashed: .*\n(?:.*\n)*? {2}heap: partition-magic: /,
  ],
  'without a chip': [
    () => changed(crashed(), (image) => image.patch32(image.item(137, 0).offset, 0x70000)),
    1,
    /: MSS crashed: .*\n {2}chip: not told\n/,
  ],
  'that was never set up': [
    () => changed(sound(), (image) => image.patch32(0xc0, 0)),
    2,
    /: cannot be read: .*\n/,
  ],
  'that ends in the middle': [() => crashed().bytes.subarray(0, 0x110000), 2, /cannot be read: /],
  'that ends before it begins': [() => new Uint8Array(16), 2, /cannot be read: /],
  'that is something else': [() => Buffer.from('#!/bin/sh\n'.repeat(9000)), 2, /cannot be read: /],
}

describe('the example of a triage', () => {
  let stage: Stage
  before(() => {
    stage = new Stage('triage')
  })
  after(() => stage.close())

  const triage = (...names: string[]) => {
    const { code, out, err } = stage.run(`node triage.js ${names.join(' ')}`)
    assert.equal(err, '')
    return { code, out }
  }

  for (const [what, [bytes, expected, verdict]] of Object.entries(dumps)) {
    it(`gives a verdict on a dump ${what}`, () => {
      writeFileSync(join(stage.folder, 'smem.bin'), bytes())
      const { code, out } = triage('smem.bin')
      assert.match(out, verdict)
      assert.equal(code, expected, out)
    })
  }

  it('tells who held the lock, where the dump knows', () => {
    using soc = FakeSoc.create('msm8916')
    soc.hwlock.tryLock(remoteRoles.modem.ownerId)
    const snapshot = `npx qcom-smem --source fake:${soc.path} snapshot -o crash.elf`
    assert.equal(stage.run(snapshot).code, 0)
    const { out } = triage('crash.elf')
    assert.match(
      out,
      /^crash\.elf: WCNSS crashed: .*\n(?: .*\n)* {2}lock: it was held by owner 2, modem\n/,
    )
  })

  it('goes on to the next dump, and ends with the worst', () => {
    writeFileSync(join(stage.folder, 'smem.bin'), sound().bytes)
    const { code, out } = triage('smem.bin', 'nowhere.bin', 'smem.bin')
    assert.equal(code, 2)
    assert.deepEqual(
      [...out.matchAll(/^(\S+): /gm)].map(([, name]) => name),
      ['smem.bin', 'nowhere.bin', 'smem.bin'],
    )
  })

  it('gives a verdict on any nonsense', () => {
    const names = Array.from({ length: 60 }, (_, seed) => {
      const random = new Random(seed)
      const image = crashed()
      for (let i = 0; i < 40; i++) {
        image.patch32(random.within([0, image.bytes.length / 4 - 1]) * 4, random.word())
        image.patch32(random.within([0, 0x200]) * 4, random.word())
        image.patch32(image.ptable! + random.within([0, 0x100]) * 4, random.word())
      }
      const name = `nonsense-${seed}.bin`
      writeFileSync(join(stage.folder, name), image.bytes)
      return name
    })
    const { out } = triage(...names)
    assert.equal(out.match(/^nonsense-\d+\.bin: ./gm)?.length, names.length)
  })

  it('knows how it is used', () => {
    const { code, err } = stage.run('node triage.js')
    assert.equal(code, 2)
    assert.match(err, /^usage: /)
  })
})
