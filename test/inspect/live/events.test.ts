// SPDX-License-Identifier: MIT
// What viewers get: the whole page, then what other processes change, at once and all of them the same; and what they
// are told when the source, or the server, goes away and comes back.

import assert from 'node:assert/strict'
import { mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PageData } from '#lib/inspect/page.js'
import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { findProfile } from '#lib/testing/profiles.js'
import { nodeCommand } from '../../node.js'
import { Events, LiveScene, serverOf } from './scene.js'

interface SourceState {
  readonly state: 'ok' | 'lost'
  readonly message: string | null
}

const NEW = 300

describe('events of the live page', () => {
  it('begin with the whole page, and with whether its source is there', async () => {
    await using scene = await LiveScene.start()
    const events = await scene.events()
    const page = await events.next<PageData>('page')
    assert.equal(page.schema, 'qcom-smem/page@1')
    assert.equal(page.mode, 'live')
    assert.ok(page.items.some(({ id, value }) => id === 137 && value !== null))
    assert.deepEqual(await events.next('source'), { state: 'ok', message: null })
  })

  it('tell two viewers what another process allocates, within 500 ms', async () => {
    await using scene = await LiveScene.start({ interval: 100 })
    await using modem = await scene.soc.remote('modem', { command: nodeCommand() })
    const viewers = [await scene.events(), await scene.events()]
    const [before] = await Promise.all(viewers.map((viewer) => viewer.next<PageData>('page')))
    const start = performance.now()
    await modem.alloc(NEW, 64)
    const changes = await Promise.all(viewers.map((viewer) => viewer.change(NEW)))
    const took = performance.now() - start
    assert.ok(took < 500, `${took} ms`)
    assert.deepEqual(changes[0], changes[1])
    const [change] = changes
    assert.deepEqual(
      change!.items.map(({ key, size }) => [key, size]),
      [[`g:${NEW}:0`, 64]],
    )
    assert.deepEqual(change!.gone, [])
    assert.equal(change!.info.items, before!.info.items! + 1)
    assert.ok(change!.info.freeSpace! < before!.info.freeSpace!)
    assert.notEqual(change!.map, null)
  })

  it('bring only the item whose bytes have changed', async () => {
    await using scene = await LiveScene.start()
    const events = await scene.events()
    const page = await events.next<PageData>('page')
    const item = page.items.find(({ id }) => id === 137)!
    const address = Number(item.address) + 8
    const main = scene.soc.regions[0].port
    scene.soc.patch32(address, main.read32(address - main.base) ^ 1)
    const change = await events.change(137)
    assert.deepEqual(
      change.items.map(({ id }) => id),
      [137],
    )
    assert.notEqual(change.items[0]!.bytes, item.bytes)
    assert.deepEqual([change.gone, change.map, change.findings], [[], null, null])
  })

  it('leave a snapshot to be taken of what they show', async () => {
    await using scene = await LiveScene.start()
    await using modem = await scene.soc.remote('modem', { command: nodeCommand() })
    const events = await scene.events()
    await events.next('page')
    await modem.alloc(NEW, 64)
    await events.change(NEW)
    const { headers, body } = await scene.ask('/snapshot')
    assert.match(headers['content-disposition']!, /^attachment; filename="smem-\d{14}\.elf"$/)
    const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-live-'))
    try {
      const file = join(folder, 'smem.elf')
      writeFileSync(file, body)
      using smem = Smem.open({ source: `file:${file}` })
      assert.equal(smem.get(NEW).size, 64)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('tell who has the mutex', async () => {
    await using scene = await LiveScene.start()
    const events = await scene.events()
    await events.next('page')
    await using modem = await scene.soc.remote('modem', { command: nodeCommand() })
    await modem.lock()
    const held = await events.next<Pick<PageData, 'info'>>('change')
    assert.equal(held.info.hwlock?.owner, modem.ownerId)
    await modem.unlock()
    const free = await events.next<Pick<PageData, 'info'>>('change')
    assert.equal(free.info.hwlock?.owner, 0)
  })

  it('tell that the source is lost, and show the next one when it is there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-live-'))
    const path = join(folder, 'soc')
    const first = FakeSoc.create('sdm845')
    symlinkSync(first.path, path)
    const server = await serverOf({ source: { source: `fake:${path}` } })
    const running = server.run()
    try {
      const events = await Events.of(server.address.port)
      await events.next('page')
      first.close()
      unlinkSync(path)
      const lost = await events.next<SourceState>('source', ({ state }) => state === 'lost')
      assert.match(lost.message!, /no such file/)

      const late = await Events.of(server.address.port)
      assert.ok((await late.next<PageData>('page')).items.length > 0)
      assert.deepEqual(await late.next('source'), lost)

      using second = FakeSoc.create('msm8916')
      symlinkSync(second.path, path)
      for (const viewer of [events, late]) {
        const page = await viewer.next<PageData>('page')
        assert.equal(page.info.board?.soc, 'qcom,msm8916')
        assert.deepEqual(await viewer.next('source'), { state: 'ok', message: null })
      }
    } finally {
      await server.close()
      await running
      rmSync(folder, { recursive: true })
    }
  })

  it('show the dump that has taken the place of another', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-live-'))
    const [path, next] = [join(folder, 'smem.bin'), join(folder, 'next.bin')]
    const write = (file: string, profile: string) =>
      writeFileSync(file, buildImage(findProfile(profile).describe()).bytes)
    write(path, 'sdm845')
    const server = await serverOf({ source: { source: `file:${path}` } })
    const running = server.run()
    try {
      const events = await Events.of(server.address.port)
      assert.equal((await events.next<PageData>('page')).info.version!.major, 12)
      write(next, 'msm8916')
      renameSync(next, path)
      assert.equal((await events.next<PageData>('page')).info.version!.major, 11)
    } finally {
      await server.close()
      await running
      rmSync(folder, { recursive: true })
    }
  })

  it('tell that the heap cannot be read for a while', async () => {
    await using scene = await LiveScene.start()
    const events = await scene.events()
    await events.next('page')
    const initialized = scene.soc.regions[0].port.base + 0xc0
    scene.soc.patch32(initialized, 0)
    const lost = await events.next<SourceState>('source', ({ state }) => state === 'lost')
    assert.match(lost.message!, /initialised/)
    scene.soc.patch32(initialized, 1)
    assert.ok((await events.next<PageData>('page')).items.length > 20)
    assert.deepEqual(await events.next('source'), { state: 'ok', message: null })
  })

  it('show a heap that no driver would open, and what is wrong with it', async () => {
    using soc = FakeSoc.create('sdm845')
    soc.patch32(soc.regions[0].port.base + 0xc0, 0)
    const server = await serverOf({ source: { source: `fake:${soc.path}` } })
    const running = server.run()
    const events = await Events.of(server.address.port)
    const page = await events.next<PageData>('page')
    assert.equal(page.problem?.code, 'ENODEV')
    assert.equal((await events.next<SourceState>('source')).state, 'lost')
    soc.patch32(soc.regions[0].port.base + 0xc0, 1)
    assert.equal((await events.next<PageData>('page')).problem, null)
    await server.close()
    await running
  })

  it('go on after the server was started again, whatever the last event was called', async () => {
    const scene = await LiveScene.start()
    const { port } = scene
    const source = { source: `fake:${scene.soc.path}` }
    const events = await scene.events()
    await events.next('page')
    await scene.server.close()
    await events.ended()
    const again = await serverOf({ source, address: { host: '127.0.0.1', port } })
    const running = again.run()
    const back = await Events.of(port, { 'Last-Event-ID': `${'9'.repeat(99)}<script>` })
    assert.ok((await back.next<PageData>('page')).items.length > 20)
    await again.close()
    await running
    await scene[Symbol.asyncDispose]()
  })
})
