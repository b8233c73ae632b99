// SPDX-License-Identifier: MIT
// The object that users hold, on a fake SoC and on dumps.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrokenItem, decoders, Host, type Item, ItemId, Smem, SmemError } from '#lib/index.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { BASE, MESSAGE_RAM, v11, v12 } from '../heap/images.js'

const MISSING = `file:${join(import.meta.dirname, 'missing.bin')}`

describe('Smem on a fake SoC', () => {
  it('gives items with name, host, size, address and a copy of their bytes', () => {
    using smem = Smem.open({ source: 'fake:sdm845' })
    assert.equal(smem.version.major, 12)
    const item = smem.get(ItemId.HW_SW_BUILD_ID)
    assert.deepEqual(
      [item.id, item.name, item.host, item.heap, item.cached, item.error],
      [137, 'SMEM_HW_SW_BUILD_ID', null, 'partition', false, null],
    )
    assert.equal(item.address, item.region + item.offset)
    const bytes = item.read()
    assert.equal(bytes.length, item.size)
    assert.equal(item.read32(4), bytes.readUInt32LE(4))
    assert.equal(item.read32(4), 321)
    assert.deepEqual(item.read(12, 6), Buffer.from('SDM845'))
    bytes.fill(0)
    assert.equal(item.read32(4), 321)
  })

  it('decodes an item that has a decoder, and gives null for another', () => {
    using smem = Smem.open({ source: 'fake:sdm845' })
    assert.equal((smem.get(ItemId.HW_SW_BUILD_ID).decode() as { soc: string }).soc, 'SDM845')
    assert.equal(smem.get(ItemId.VSENSE_DATA).decode(), null)
  })

  it('decodes by a decoder that it is given, with the type of what that one makes', () => {
    using smem = Smem.open({ source: 'fake:msm8916' })
    const { total, freeOffset, available } = smem.get(ItemId.HEAP_INFO).decode(decoders.heapInfo)
    const sum: number = freeOffset + available
    assert.equal(total, sum)
    const { soc, buildId } = smem.get(ItemId.HW_SW_BUILD_ID).decode(decoders.socinfo)
    const texts: (string | null | undefined)[] = [soc, buildId]
    assert.deepEqual(texts, ['MSM8916', '8916A-FAAAANUZM-40003001'])
    assert.throws(() => smem.get(ItemId.HEAP_INFO).decode(decoders.ddrInfo), { code: 'EINVAL' })
  })

  it('gives the same item for the same id, and keeps hosts apart', () => {
    using smem = Smem.open({ source: 'fake:sdm845' })
    const modem = smem.get(478, { host: Host.MODEM })
    assert.equal(smem.get(478, { host: Host.MODEM }), modem)
    assert.notEqual(smem.get(478, { host: Host.ADSP }), modem)
    assert.throws(() => smem.get(478), { code: 'ENOENT' })
    assert.equal(smem.get(137), smem.get(137))
    assert.equal(
      smem.items().find(({ id, host }) => id === 478 && host === Host.MODEM),
      modem,
    )
  })

  it('has one object for one item, whoever is asked for it first', () => {
    using smem = Smem.open({ source: 'fake:sdm845' })
    const listed = (id: number) => smem.items().find((item) => item.id === id && item.host === null)
    // The RPM has no partition: the global heap serves it.
    const found = smem.get(137, { host: Host.RPM })
    assert.equal(listed(137), found)
    assert.equal(smem.get(137), found)
    const shown = listed(336)
    assert.equal(smem.get(336, { host: Host.RPM }), shown)
    assert.equal(smem.get(336), shown)
  })

  it('keeps the items of a listing when one is added, and the broken ones', () => {
    using soc = FakeSoc.create('msm8916')
    using smem = Smem.open({ source: `fake:${soc.path}` })
    // The record of item 300 leads nowhere.
    for (const [i, word] of [1, 0xfffffff0, 64].entries()) {
      soc.regions[0].port.write32(0xd0 + 300 * 16 + i * 4, word)
    }
    const before = smem.items()
    using writer = Smem.open({ source: `fake:${soc.path}`, writable: true })
    writer.alloc(500, 64, { force: true })
    const added = smem.get(500)
    const after = smem.items()
    assert.deepEqual(
      after.filter((item) => !before.includes(item)),
      [added],
    )
    assert.ok(after.includes(added))
  })

  it('lists the same array while nothing changes', () => {
    using smem = Smem.open({ source: 'fake:msm8916' })
    assert.equal(smem.items(), smem.items())
    assert.ok([...smem.items()].every(({ error }) => error === null))
  })

  it('refuses reads that leave the item', () => {
    using smem = Smem.open({ source: 'fake' })
    const item = smem.get(137)
    for (const offset of [-4, item.size - 3, Number.NaN]) {
      assert.throws(() => item.read32(offset), { name: 'SmemError', code: 'EINVAL', item: 137 })
    }
    assert.throws(() => item.read(0, item.size + 1), { code: 'EINVAL' })
    assert.throws(() => item.read(item.size + 1), { code: 'EINVAL' })
    assert.deepEqual(item.read(item.size), Buffer.alloc(0))
  })

  it('reads items of message RAM', () => {
    using smem = Smem.open({ source: 'fake:msm8916' })
    const aux = smem.items().filter((item) => item.region === MESSAGE_RAM) as Item[]
    assert.ok(aux.length > 0)
    for (const item of aux) assert.equal(item.read().length, item.size)
  })

  it('has the header on both versions, and free space by host', () => {
    for (const source of ['fake:msm8916', 'fake:sdm845']) {
      using smem = Smem.open({ source })
      assert.equal(smem.header.heapInfo.initialized, 1)
      assert.ok(smem.freeSpace() > 0)
    }
    using smem = Smem.open({ source: 'fake:sdm845' })
    assert.notEqual(smem.freeSpace(Host.MODEM), smem.freeSpace())
    assert.equal(smem.freeSpace(Host.RPM), smem.freeSpace())
  })

  it('is closed once and for all, with the items it gave', () => {
    const smem = Smem.open({ source: 'fake' })
    const item = smem.get(137)
    smem.close()
    smem[Symbol.dispose]()
    for (const use of [
      () => smem.get(137),
      () => smem.items(),
      () => smem.version,
      () => smem.header,
      () => smem.itemCount,
      () => smem.freeSpace(),
      () => item.read(),
      () => item.read32(0),
    ]) {
      assert.throws(use, { name: 'SmemError', code: 'EBADF' })
    }
  })

  it('sees what another holder of the same memory writes', () => {
    using soc = FakeSoc.create('sdm845')
    using smem = Smem.open({ source: `fake:${soc.path}` })
    const item = smem.get(137)
    const { port } = soc.regions[0]
    using writer = Smem.open({ source: `fake:${soc.path}`, writable: true })
    assert.equal(writer.get(137).address, item.address)
    port.write32(item.offset + 0x60, 0x12345678)
    assert.equal(item.read32(0x60), 0x12345678)
  })

  it('traces each access when asked', () => {
    let told = ''
    const trace = (text: string) => {
      told += text
    }
    using smem = Smem.open({ source: 'fake', trace })
    told = ''
    smem.get(137).read32(4)
    assert.match(told, /^R 0x[0-9a-f]{8} -> 0x00000141\n$/m)
    assert.match(told, /^F load$/m)
  })
})

describe('Smem on a dump', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'smem-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  const file = (name: string, bytes: Uint8Array) => {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    return path
  }

  it('takes its base from the info record, or 0, or from the caller', () => {
    const path = file('v12.bin', buildImage(v12).bytes)
    using recorded = Smem.open({ source: `file:${path}` })
    assert.equal(recorded.get(137).region, BASE)
    assert.deepEqual(recorded.source.warnings, [])
    using given = Smem.open({ source: `file:${path}`, base: 0x1000 })
    assert.equal(given.get(137).region, 0x1000)
    assert.match(given.source.warnings[0]!, /SIII.*0x86300000.*0x00001000/)
    using none = Smem.open({ source: `file:${file('v11.bin', buildImage(v11).bytes)}` })
    assert.equal(none.get(137).region, 0)
  })

  it('shows items of an auxiliary region when that is given, and says ENOENT when not', () => {
    const image = buildImage(v11)
    const source = `file:${file('main.bin', image.bytes)}`
    const aux = [{ base: MESSAGE_RAM, path: file('rpm.bin', image.regions[1]!.bytes) }]
    using whole = Smem.open({ source, aux })
    assert.equal(whole.get(80).address, MESSAGE_RAM)
    assert.equal(whole.get(80).read()[0], 3)
    using main = Smem.open({ source })
    assert.throws(() => main.get(80), { code: 'ENOENT', hint: /--aux/ })
    const broken = main.items().find(({ id }) => id === 80) as BrokenItem
    assert.deepEqual([broken.region, broken.address, broken.size], [null, null, 32])
    for (const use of [() => broken.read(), () => broken.read32(), () => broken.decode()]) {
      assert.throws(use, { code: 'ENOENT' })
    }
  })

  it("shows another host's partitions when asked", () => {
    const source = `file:${file('v12.bin', buildImage(v12).bytes)}`
    using modem = Smem.open({ source, localHost: Host.MODEM })
    assert.equal(modem.get(31, { host: Host.ADSP }).size, 8)
    for (const localHost of [-1, 0x10000, 1.5]) {
      assert.throws(() => Smem.open({ source, localHost }), { code: 'EINVAL', origin: 'input' })
    }
  })

  it('is not written to', () => {
    const source = `file:${file('v12.bin', buildImage(v12).bytes)}`
    assert.throws(() => Smem.open({ source, writable: true }), { code: 'EROFS' })
  })

  it('that cannot be read is told with code, path and hint', () => {
    const empty = file('empty.bin', new Uint8Array())
    const elf = file('core', Buffer.from('\x7fELF and more'))
    for (const [path, code] of [
      [join(folder, 'missing'), 'ENOENT'],
      [folder, 'EISDIR'],
      [empty, 'EINVAL'],
      [elf, 'EINVAL'],
      ['/dev/null', 'EINVAL'],
      ['', 'EINVAL'],
    ] as const) {
      assert.throws(
        () => Smem.open({ source: `file:${path}` }),
        (error) => error instanceof SmemError && error.code === code && error.hint !== '',
        path,
      )
    }
  })

  it('refuses bases that no region can have', () => {
    const path = file('v12.bin', buildImage(v12).bytes)
    for (const base of [-4, 2, 0.5, Number.NaN, 2 ** 53]) {
      assert.throws(() => Smem.open({ source: `file:${path}`, base }), {
        code: 'EINVAL',
        origin: 'input',
      })
    }
  })
})

describe('sources', () => {
  it('that nobody knows are EINVAL', () => {
    for (const source of ['tape', 'toString', 'file', 'live:here', 'fake:nosuch']) {
      assert.throws(() => Smem.open({ source }), { code: 'EINVAL', origin: 'input' }, source)
    }
  })

  it('are chosen by the environment where the caller chooses none', () => {
    const before = process.env.QCOM_SMEM_SOURCE
    process.env.QCOM_SMEM_SOURCE = 'fake:msm8916'
    try {
      using smem = Smem.open()
      assert.equal(smem.version.major, 11)
    } finally {
      if (before === undefined) delete process.env.QCOM_SMEM_SOURCE
      else process.env.QCOM_SMEM_SOURCE = before
    }
  })
})

describe('availability', () => {
  const initialized = (soc: FakeSoc, value: number) => soc.regions[0].port.write32(0xc0, value)

  it('is told without throwing', () => {
    using soc = FakeSoc.create('sdm845')
    const source = `fake:${soc.path}`
    assert.equal(Smem.isAvailable({ source }), true)
    initialized(soc, 0)
    assert.equal(Smem.isAvailable({ source }), false)
    assert.equal(Smem.isAvailable({ source: MISSING }), false)
  })

  it('can be waited for', async () => {
    using soc = FakeSoc.create('sdm845')
    initialized(soc, 0)
    const waiting = Smem.whenAvailable({ source: `fake:${soc.path}` })
    initialized(soc, 1)
    await waiting
  })

  it('is not waited for beyond the timeout', async () => {
    using soc = FakeSoc.create('sdm845')
    initialized(soc, 0)
    await assert.rejects(Smem.whenAvailable({ source: `fake:${soc.path}`, timeout: 1 }), {
      name: 'SmemError',
      code: 'ETIMEDOUT',
    })
  })

  it('is not waited for at all where the timeout is no time', async () => {
    for (const timeout of [-1, Number.NaN, 'soon' as unknown as number]) {
      await assert.rejects(Smem.whenAvailable({ source: 'fake', timeout }), { code: 'EINVAL' })
    }
  })

  it('is not waited for when aborted', async () => {
    using soc = FakeSoc.create('sdm845')
    initialized(soc, 0)
    const source = `fake:${soc.path}`
    const controller = new AbortController()
    const waiting = Smem.whenAvailable({ source, signal: controller.signal })
    controller.abort(new Error('enough'))
    await assert.rejects(waiting, /enough/)
    await assert.rejects(Smem.whenAvailable({ source, signal: AbortSignal.abort() }), {
      name: 'AbortError',
    })
  })

  it('is not waited for where waiting cannot help', async () => {
    await assert.rejects(Smem.whenAvailable({ source: MISSING }), { code: 'ENOENT' })
  })
})
