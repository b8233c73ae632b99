// SPDX-License-Identifier: MIT
// A snapshot and back: what is read from the file is, byte for byte and answer for answer, what was read from the SoC.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { between } from '#lib/heap/holes.js'
import { readBytes } from '#lib/port/copy.js'
import { Smem } from '#lib/smem.js'
import { openSource } from '#lib/source/open.js'
import { profileNames } from '#lib/testing/profiles.js'
import { qcomSmem } from '../cli/terminal.js'

let folder = ''
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'qcom-smem-round-trip-'))
})
after(() => rmSync(folder, { recursive: true }))

/** Takes a snapshot of `source` into a new file, and names that as a source. */
async function snapshotOf(source: string, name: string): Promise<string> {
  const path = join(folder, name)
  const { code, err } = await qcomSmem('--source', source, 'snapshot', '-o', path, '--force')
  assert.equal(code, 0, err)
  return `file:${path}`
}

/** What a command answers, with its exit code. */
async function answer(source: string, ...command: string[]): Promise<string> {
  const { code, out, err } = await qcomSmem('--source', source, '--json', ...command)
  return `${code}\n${out}${err}`
}

for (const profile of profileNames) {
  const fake = `fake:${profile}`
  describe(`a snapshot of ${profile} that is read back`, () => {
    it('has the same regions, with the same bytes but for the holes', async () => {
      const original = openSource({ source: fake })
      const copy = openSource({ source: await snapshotOf(fake, 'smem.elf') })
      assert.deepEqual(
        copy.regions.map(({ kind, port: { base, size } }) => [kind, base, size]),
        original.regions.map(({ kind, port: { base, size } }) => [kind, base, size]),
      )
      for (const [i, { port }] of copy.regions.entries()) {
        for (const { offset, size } of between(port.holes ?? [], port.size)) {
          const bytes = readBytes(original.regions[i]!.port, offset, size)
          assert.ok(readBytes(port, offset, size).equals(bytes), `region ${i} at ${offset}`)
        }
      }
      assert.deepEqual(copy.board, original.board)
      assert.equal(copy.hwlockOwner(), original.hwlockOwner())
      assert.deepEqual([copy.live, copy.foreign], [false, false])
      original.close()
      copy.close()
    })

    for (const name of ['smem.elf', 'smem.elf.gz', 'smem.elf.zst']) {
      it(`answers as the SoC does, from ${name}`, async () => {
        const copy = await snapshotOf(fake, name)
        for (const command of ['list', 'partitions', 'verify']) {
          assert.equal(await answer(copy, command), await answer(fake, command), command)
        }
        const info = async (source: string) => JSON.parse((await answer(source, 'info')).slice(2))
        const { captured, source, ...rest } = await info(copy)
        assert.deepEqual([source, captured.source], [copy, fake])
        // The SoC was not captured from anything.
        const { captured: none = null, source: _, ...original } = await info(fake)
        assert.equal(none, null)
        assert.deepEqual(rest, original)
      })
    }

    it('shows every item as the SoC does', async () => {
      const copy = await snapshotOf(fake, 'smem.elf')
      using smem = Smem.open({ source: fake })
      assert.ok(smem.items().length > 10)
      for (const { id, host } of smem.items()) {
        const command = ['show', `${id}`, ...(host === null ? [] : ['--host', `${host}`])]
        assert.equal(await answer(copy, ...command), await answer(fake, ...command), `${id}`)
      }
    })

    it('is the same, taken again from itself', async () => {
      const copy = await snapshotOf(fake, 'smem.elf')
      const again = await snapshotOf(copy, 'again.elf')
      const [one, two] = [openSource({ source: copy }), openSource({ source: again })]
      assert.deepEqual(two.captured, one.captured)
      assert.deepEqual(two.regions[0].port.holes, one.regions[0].port.holes)
      one.close()
      two.close()
      assert.equal((await qcomSmem('diff', copy, again)).code, 0)
    })
  })
}

describe('a snapshot of a dump', () => {
  it('has what the dump has, also of others, and lacks what the dump lacks', async () => {
    // The memory of apps as a dump of somebody's: without the note, and so without anybody's view.
    const copy = await snapshotOf('fake', 'apps.elf')
    const raw = openSource({ source: copy, base: 0x86000000 })
    raw.close()
    assert.equal(raw.captured, null)
    const path = join(folder, 'dump.elf')
    const { code } = await qcomSmem(
      '--source',
      copy,
      '--base',
      '0x86000000',
      'snapshot',
      '-o',
      path,
    )
    assert.equal(code, 0)
    const dump = openSource({ source: `file:${path}` })
    assert.deepEqual(dump.regions[0].port.holes, raw.regions[0].port.holes)
    assert.deepEqual([dump.foreign, dump.captured?.source], [true, copy])
    dump.close()
  })
})
