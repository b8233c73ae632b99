// SPDX-License-Identifier: MIT
// The live source, with a sparse file for /dev/mem: its byte at a physical address is the memory there.

import assert from 'node:assert/strict'
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Smem } from '#lib/index.js'
import { openLive } from '#lib/source/live.js'
import { buildImage } from '#lib/testing/image.js'
import type { Profile } from '#lib/testing/profile.js'
import { profiles } from '#lib/testing/profiles.js'

describe('the live source', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'live-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  /** A memory device that holds the SMEM of a profile; with `size` it ends there. */
  function machine({ name, describe: description }: Profile, size?: number) {
    const device = join(folder, `${name}-${size ?? 'whole'}`)
    const fd = openSync(device, 'w')
    for (const { base, bytes } of buildImage(description()).regions) {
      writeSync(fd, bytes, 0, bytes.length, base)
    }
    closeSync(fd)
    truncateSync(device, size ?? 2 ** 32)
    return device
  }

  it('maps the carve-out and the auxiliary regions of the board', () => {
    const { board } = profiles.msm8916
    using smem = Smem.open({ source: 'live', board, device: machine(profiles.msm8916) })
    assert.deepEqual(
      [smem.source.name, smem.source.live, smem.source.board, smem.source.warnings],
      ['live', true, board, []],
    )
    assert.ok(smem.items().every(({ error }) => error === null))
    assert.ok(smem.items().some(({ region }) => region === board.auxiliary[0]!.base))
    assert.equal(smem.source.hwlockOwner(), 0)
  })

  it('says which options it does not use, and so does the fake', () => {
    const { board } = profiles.msm8916
    const dump = { base: 0x86000000, soc: 'sdm845' }
    const told = (who: string) => [
      `--base describes a dump, and ${who} is none: it is not used`,
      `--board describes a dump, and ${who} is none: it is not used`,
    ]
    using live = Smem.open({ source: 'live', board, device: machine(profiles.msm8916), ...dump })
    assert.deepEqual(live.source.warnings, told('live memory'))
    using fake = Smem.open({ source: 'fake', ...dump })
    assert.deepEqual(fake.source.warnings, told('a fake SoC'))
  })

  it('reads on without an auxiliary region or a mutex word that it may not map', () => {
    const { board } = profiles.msm8916
    const beyond = { base: 2 ** 33, size: 4096 }
    const hwlock = { ...board.hwlock, address: 2 ** 33 }
    const device = machine(profiles.msm8916)
    using smem = Smem.open({
      source: 'live',
      board: { ...board, auxiliary: [beyond], hwlock },
      device,
    })
    assert.match(smem.source.warnings[0]!, /0x200000000 are out of reach/)
    assert.equal(smem.source.hwlockOwner(), null)
    assert.equal(smem.get(137).id, 137)
    using without = Smem.open({ source: 'live', board: { ...board, hwlock: null }, device })
    assert.equal(without.source.hwlockOwner(), null)
  })

  it('says what stands in the way of the carve-out', () => {
    const { board } = profiles.sdm845
    for (const [device, code] of [
      [join(folder, 'missing'), 'ENOENT'],
      [machine(profiles.sdm845, 4096), 'EINVAL'],
    ] as const) {
      assert.throws(() => Smem.open({ source: 'live', board, device }), {
        name: 'SmemError',
        code,
        hint: /qcom-smem doctor/,
      })
    }
  })

  it("does not take another host's view", () => {
    const { board } = profiles.sdm845
    const device = machine(profiles.sdm845)
    assert.throws(() => Smem.open({ source: 'live', board, device, localHost: 1 }), {
      code: 'EPERM',
      hint: /dump/,
    })
  })

  it('is ENODEV where there is no device tree, and takes no argument', () => {
    assert.throws(() => openLive('here', {}), { code: 'EINVAL', origin: 'input' })
    assert.throws(() => Smem.open({ source: 'live' }), { code: 'ENODEV' })
  })
})
