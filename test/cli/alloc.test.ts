// SPDX-License-Identifier: MIT
// `alloc` as users run it: the plan to be read, and what `--write` makes of it.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listedItem } from '#lib/inspect/list.js'
import type { PlanReport } from '#lib/inspect/plan.js'
import { Plan } from '#lib/port/plan.js'
import { Smem } from '#lib/smem.js'
import type { ImageDescription } from '#lib/testing/description.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { BASE, MESSAGE_RAM, v11, v12 } from '../heap/images.js'
import { APPLYING, leave, peekPage, pokePage, Word } from '../lock/page.js'
import { deadPid, PID } from './dead.js'
import { qcomSmem } from './terminal.js'

const NOTHING_WRITTEN = 'Nothing was written; --write carries this out.\n'

const inToc = `\
SMEM_SMP2P_APPS_BASE+2 (429): 16 bytes at 0x86302128, global heap
STEP         ADDRESS     OLD         NEW         WORD
expect       0x86301ba0  0x00000000              item 429: allocated
expect       0x863000c4  0x00002128              free offset
expect       0x863000c8  0x0000aed8              available
expect       0x86301bac  0x00000000              item 429: region
store        0x86301ba4  0x00000000  0x00002128  item 429: offset
store        0x86301ba8  0x00000000  0x00000010  item 429: size
fence store                                      offset and size before allocated
store        0x86301ba0  0x00000000  0x00000001  item 429: allocated
store        0x863000c4  0x00002128  0x00002138  free offset
store        0x863000c8  0x0000aed8  0x0000aec8  available
`

const inPartition = `\
SMEM_SMP2P_APPS_BASE+2 (429): 13 bytes at 0x8630d088, partition of modem
STEP         ADDRESS     OLD         NEW         WORD
expect       0x8630d00c  0x00000078              end of uncached items
expect       0x8630d010  0x00000ea0              start of cached items
clear        0x8630d088              4 x 0       item 429: data
store        0x8630d078  0x00000000  0x01ada5a5  item 429: canary and id
store        0x8630d07c  0x00000000  0x00000010  item 429: size with padding
store        0x8630d080  0x00000000  0x00000003  item 429: padding of data and header
fence store                                      the entry before the free offset
store        0x8630d00c  0x00000078  0x00000098  end of uncached items
`

const onCachedSide = `\
SMEM_SMP2P_APPS_BASE+2 (429): 100 bytes at 0x8630de00, partition of modem, cached
STEP         ADDRESS     OLD         NEW         WORD
expect       0x8630d00c  0x00000078              end of uncached items
expect       0x8630d010  0x00000ea0              start of cached items
store        0x8630de80  0x00000000  0x01ada5a5  item 429: canary and id
store        0x8630de84  0x00000000  0x00000080  item 429: size with padding
store        0x8630de88  0x00000000  0x0010001c  item 429: padding of data and header
fence store                                      the entry before the free offset
store        0x8630d010  0x00000ea0  0x00000e00  start of cached items
`

describe('alloc', () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'qcom-smem-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  function dump(description: ImageDescription): { path: string; args: string[] } {
    const [main, auxiliary] = buildImage(description).regions
    const path = join(folder, `${description.version}.bin`)
    const aux = join(folder, 'aux.bin')
    writeFileSync(path, main!.bytes)
    const args = ['--source', `file:${path}`, '--base', String(BASE)]
    if (auxiliary === undefined) return { path, args }
    writeFileSync(aux, auxiliary.bytes)
    return { path, args: [...args, '--aux', `${MESSAGE_RAM}=${aux}`] }
  }

  const on = (soc: FakeSoc, ...args: string[]) =>
    qcomSmem('--source', `fake:${soc.path}`, 'alloc', ...args)

  /** The report, and the exit code in it. */
  const json = async (soc: FakeSoc, ...args: string[]) => {
    const { code, out, err } = await on(soc, ...args, '--json')
    assert.equal(err, '')
    return { code, ...(JSON.parse(out) as PlanReport) }
  }

  for (const [what, description, args, text] of [
    ['a table of contents', v11, ['429', '13'], inToc],
    ['a partition', v12, ['429', '0xd', '--host', 'modem', '--zero'], inPartition],
    ['the cached side', v12, ['0x1ad', '100', '--host', '1', '--cached'], onCachedSide],
  ] as const) {
    it(`prints the plan for ${what}, of a dump, which stays as it is`, async () => {
      const { path, args: source } = dump(description)
      const before = readFileSync(path)
      assert.deepEqual(await qcomSmem(...source, 'alloc', ...args), {
        code: 0,
        out: text,
        err: NOTHING_WRITTEN,
      })
      assert.deepEqual(readFileSync(path), before)
    })
  }

  it('writes nothing to a fake, and does not ask for its mutex, without --write', async () => {
    using soc = FakeSoc.create(v12)
    assert.ok(soc.hwlock.tryLock(2))
    assert.equal((await on(soc, '429', '16')).code, 0)
    using smem = Smem.open({ source: `fake:${soc.path}` })
    assert.throws(() => smem.get(429), { code: 'ENOENT' })
    assert.equal(peekPage(soc, Word.MAGIC), 0)
  })

  it('plans in JSON what it then writes', async () => {
    using soc = FakeSoc.create(v12)
    const planned = await json(soc, '429', '16', '--host', 'modem')
    assert.deepEqual(
      [planned.code, planned.schema, planned.written, planned.existing, planned.commit],
      [0, 'qcom-smem/plan@1', false, false, null],
    )
    const written = await json(soc, '429', '16', '--host', 'modem', '--write')
    const { commit } = written
    assert.deepEqual({ ...written, written: false, commit: null }, planned)
    assert.equal(written.written, true)
    assert.ok(commit!.hold > 0)
    assert.deepEqual([commit!.recovered, commit!.recoveredPid], [null, null])
    using smem = Smem.open({ source: `fake:${soc.path}` })
    assert.deepEqual(written.item, listedItem(smem.get(429, { host: 1 })))
  })

  it('says where the new item is, that it was read back, and how long the mutex was held', async () => {
    using soc = FakeSoc.create(v11)
    const { code, out, err } = await on(soc, '429', '13', '--write')
    assert.deepEqual([code, err], [0, ''])
    assert.match(
      out,
      /^SMEM_SMP2P_APPS_BASE\+2 \(429\): 16 bytes at 0x86302128, global heap: allocated and read back\nmutex held {2}[\d.]+ [num]s\n$/,
    )
  })

  it('says that what is written to a fake of its own ends with the command', async () => {
    const { code, err } = await qcomSmem('--source', 'fake', 'alloc', '300', '1K', '--write')
    assert.equal(code, 0)
    assert.equal(err, 'This fake SoC ends with this command, and the item with it.\n')
  })

  it('takes sizes in bytes, hexadecimal, K and M', async () => {
    using soc = FakeSoc.create()
    for (const [text, size] of [
      ['100', 100],
      ['0x100', 256],
      ['4K', 4096],
      ['0x2k', 2048],
    ] as const) {
      assert.equal((await json(soc, '300', text)).item.size, size, text)
    }
    const { code, err } = await on(soc, '300', '1M')
    assert.deepEqual([code, err.includes('1048592 are needed')], [1, true], err)
    for (const text of ['4G', '-1', '1.5K', 'K', '4 K']) {
      const refused = await on(soc, '300', '--', text)
      assert.equal(refused.code, 2, text)
      assert.match(
        refused.err,
        /is no size\. Hint: a size is a number of bytes such as 4096, .*4K\.$/m,
      )
    }
  })

  it('is content with an item of that size when told so, and only of that size', async () => {
    using soc = FakeSoc.create(v12)
    for (const args of [
      ['137', '20', '--existing'],
      ['137', '20', '--existing', '--write'],
    ]) {
      const { code, out, err } = await on(soc, ...args)
      assert.deepEqual([code, err], [0, ''])
      assert.match(
        out,
        /^SMEM_HW_SW_BUILD_ID \(137\): 20 bytes at .*: there already, nothing .*\n$/,
      )
      const { existing, written, stored, steps, commit } = await json(soc, ...args)
      assert.deepEqual([existing, written, stored, steps, commit], [true, false, null, [], null])
    }
    for (const args of [
      ['137', '21', '--existing'],
      ['137', '21', '--existing', '--write'],
    ]) {
      const { code, err } = await on(soc, ...args)
      assert.deepEqual(
        [code, err],
        [1, 'qcom-smem: EEXIST: item 137 is there already, with 20 bytes.\n'],
      )
    }
  })

  for (const [args, code, message] of [
    [
      ['137', '8'],
      1,
      /EEXIST: item 137 \(SMEM_HW_SW_BUILD_ID\) is allocated already in the global partition\.$/,
    ],
    [
      ['137', '8', '--write'],
      1,
      /EEXIST: item 137 \(SMEM_HW_SW_BUILD_ID\) is allocated already in the global partition\.$/,
    ],
    [['300', '9999'], 1, /ENOSPC: the .* has \d+ bytes left, and 10016 are needed\.$/],
    [['300', '0'], 1, /EINVAL: an item of 0 bytes/],
    [['8', '64'], 1, /EINVAL: item 8 is fixed .*force it \(force, --force\)\.$/],
    [['900', '64'], 1, /EINVAL: item ids are 0 to 699 here, not 900\.$/],
    [
      ['300', '8', '--owner-id', '1x'],
      2,
      /EINVAL: --owner-id "1x" is no number.* --owner-id 251\.$/,
    ],
    [['300', '8', '--write', '--owner-id', '2'], 2, /EINVAL: owner id 2 cannot be used: .*modem/],
    [['300', '8', '--write', '--lock-timeout', 'x'], 2, /EINVAL: --lock-timeout "x" is no number/],
    [['300'], 2, /EINVAL: missing required argument 'size'/],
  ] as const) {
    it(`tells in one line why not: alloc ${args.join(' ')}`, async () => {
      using soc = FakeSoc.create(v12)
      const refused = await on(soc, ...args)
      assert.deepEqual([refused.code, refused.out], [code, ''], refused.err)
      assert.match(refused.err, /^[^\n]*\n$/)
      assert.match(refused.err.trimEnd(), message)
    })
  }

  it('does not write to a dump', async () => {
    const { args, path } = dump(v12)
    const { code, out, err } = await qcomSmem(...args, 'alloc', '429', '16', '--write')
    assert.deepEqual([code, out], [4, ''])
    assert.ok(err.startsWith(`qcom-smem: EROFS: ${path} is a dump`), err)
  })

  it('names who has the mutex when it gives up', async () => {
    using soc = FakeSoc.create(v12)
    soc.hwlock.tryLock(2)
    const { code, out, err } = await on(soc, '300', '8', '--write', '--lock-timeout', '3')
    assert.deepEqual([code, out], [7, ''])
    assert.match(
      err,
      /^qcom-smem: ETIMEDOUT: .*not free within 3 ms: the processor modem \(owner id 2\)/,
    )
    assert.equal(soc.hwlock.owner(), 2)
  })

  it('takes the mutex by the id that it is given', async () => {
    using soc = FakeSoc.create(v12, { ownerBits: 6 })
    const { code, err } = await on(soc, '300', '8', '--write', '--owner-id', '254')
    assert.equal(code, 1)
    assert.match(err, /cannot hold owner id 254: it kept 62/)
    assert.equal(soc.hwlock.owner(), 0)
  })

  it('finishes what a dead process began first, and says whose it was', async () => {
    using soc = FakeSoc.create(v12)
    const pid = deadPid()
    const half = await json(soc, '429', '16', '--host', 'modem')
    leaveHalf(soc, half)
    pokePage(soc, PID, pid)
    const { code, out, err } = await on(soc, '430', '16', '--host', 'modem', '--write')
    assert.deepEqual([code, err], [0, ''])
    assert.match(out, new RegExp(`^recovered +process ${pid}, which had died: .*all of it`, 'm'))
    using smem = Smem.open({ source: `fake:${soc.path}` })
    assert.equal(smem.get(429, { host: 1 }).size, 16)
    assert.equal(smem.get(430, { host: 1 }).size, 16)
    assert.deepEqual(smem.check(), [])
  })

  it('refuses a heap that is not sound, and with --force allocates in it all the same', async () => {
    using soc = FakeSoc.create(v11)
    // The offset of item 469.
    soc.patch32(BASE + 0xd0 + 469 * 16 + 4, 0xfffffff0)
    for (const args of [
      ['429', '8'],
      ['429', '8', '--write'],
    ]) {
      const { code, out, err } = await on(soc, ...args)
      assert.deepEqual([code, out], [1, ''])
      assert.match(err, /EINVAL: the heap is not sound \(toc-range\): .*--force\.$/m)
    }
    const forced = await on(soc, '429', '8', '--force', '--write')
    assert.deepEqual([forced.code, forced.err], [0, ''])
    assert.match(forced.out, /allocated and read back$/m)
  })

  /** A process that died with the first half of a plan stored. */
  function leaveHalf(soc: FakeSoc, { steps }: PlanReport): void {
    const plan = new Plan()
    for (const { op, address, value } of steps) {
      if (op === 'store') plan.store(Number(address) - BASE, value!)
      else plan.fence('store')
    }
    const stores = plan.steps.filter((step) => step.op === 'store')
    for (const { offset, value } of stores.slice(0, 2)) soc.regions[0].port.write32(offset, value)
    leave(soc, { intent: APPLYING, owner: 251, register: 251, steps: plan, progress: 2 })
  }
})
