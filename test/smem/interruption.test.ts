// SPDX-License-Identifier: MIT
// Who stops in the middle of an allocation, of its own will or not, leaves nothing locked and the heap whole.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { Host } from '#lib/data/hosts.js'
import { readRecord } from '#lib/lock/record.js'
import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { nodeCommand } from '../node.js'

const LAST = 8191

function create(): FakeSoc {
  return FakeSoc.create({
    version: 12,
    base: 0x86000000,
    size: 0x100000,
    itemCount: LAST + 1,
    partitions: [{ global: true, size: 0x80000 }],
  })
}

function assertWhole(soc: FakeSoc, smem: Smem, next: number): void {
  assert.equal(soc.hwlock.owner(), 0)
  assert.equal(smem.alloc(next, 16).id, next)
  assert.deepEqual(smem.check(), [])
  const record = readRecord({ fd: soc.fd, position: soc.lockPlaces.file.position })
  assert.equal(record?.intent, null)
}

describe('an allocation that is broken off', () => {
  for (const where of ['loop', 'thread']) {
    it(`leaves nothing where the process exits while it waits, in its ${where}`, () => {
      using soc = create()
      using smem = Smem.open({ source: `fake:${soc.path}`, writable: true })
      const modem = Host.MODEM + 1
      soc.hwlock.tryLock(modem)
      const [command, ...prefix] = nodeCommand()
      const script = fileURLToPath(new URL('./quitter.js', import.meta.url))
      const { status } = spawnSync(command, [...prefix, script, soc.path, where], {
        stdio: 'inherit',
      })
      assert.equal(status, 7)
      assert.equal(soc.hwlock.owner(), modem)
      assert.deepEqual(smem.items(), [])
      assert.equal(soc.hwlock.unlock(modem), true)
      assertWhole(soc, smem, 300)
    })
  }

  it('leaves nothing where its thread is terminated', async function () {
    // Twenty threads are started, which takes long on a machine with other work.
    this.timeout(Math.max(this.timeout(), 120_000))
    using soc = create()
    using smem = Smem.open({ source: `fake:${soc.path}`, writable: true })
    const CUTS = 20
    const span = Math.floor(LAST / CUTS)
    let broken = 0
    for (let cut = 0; cut < CUTS; cut++) {
      const first = 9 + cut * span
      const worker = new Worker(new URL('./allocating-thread.js', import.meta.url), {
        workerData: { path: soc.path, first, last: first + span - 3 },
      })
      let done = false
      worker.on('message', (word) => {
        done ||= word === 'done'
      })
      await once(worker, 'message')
      // Each time a little further into its work.
      const target = smem.items().length + cut
      while (!done && smem.items().length < target) await new Promise(setImmediate)
      await worker.terminate()
      if (!done) broken++
      // All up to some item, in order: none is lost, none is half there.
      const ids = smem.items().flatMap(({ id }) => (id! >= first ? [id!] : []))
      assert.deepEqual(
        ids,
        ids.map((_, i) => first + i),
      )
      assertWhole(soc, smem, first + span - 1)
    }
    assert.ok(broken > 0, 'every thread had finished before it was terminated')
  })
})
