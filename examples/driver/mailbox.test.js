// SPDX-License-Identifier: MIT
// Tests of a driver on a fake SoC: the same heap, the same lock, and a modem that is a process of its own. They need no
// board and no root, so they run in CI. Try to break the driver: one of them notices.

import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { Host, Smem } from 'qcom-smem'
import { FakeSoc } from 'qcom-smem/testing'
import { MAILBOX, Mailbox, openMailbox } from './mailbox.js'

let soc
let smem

beforeEach(() => {
  soc = FakeSoc.create('sdm845')
  smem = Smem.open({ source: `fake:${soc.path}`, writable: true, lockTimeout: 50 })
})

afterEach(() => {
  smem.close()
  soc.close()
})

test('the modem finds the mailbox in the partition that it shares with us', async () => {
  new Mailbox(smem)
  const modem = await soc.remote('modem')
  const found = await modem.find(MAILBOX, { host: Host.APPS })
  assert.equal(found.size, 128)
  await modem.close()
})

test('a message is there, whatever its length', () => {
  const mailbox = new Mailbox(smem)
  for (const text of ['hello', 'a longer one', '', 'odd']) {
    mailbox.send(text)
    assert.equal(mailbox.last(), text)
  }
  assert.equal(mailbox.count, 4)
})

test('a message that is too long is refused, and the last one stays', () => {
  const mailbox = new Mailbox(smem)
  mailbox.send('before')
  assert.throws(() => mailbox.send('x'.repeat(121)), RangeError)
  assert.equal(mailbox.last(), 'before')
  assert.equal(mailbox.count, 1)
})

test('a driver that is started again goes on where it was', () => {
  new Mailbox(smem).send('from the first')
  const again = new Mailbox(smem)
  assert.equal(again.last(), 'from the first')
  assert.equal(again.count, 1)
})

test('a modem that died with the lock is no reason to hang or to crash', async () => {
  const modem = await soc.remote('modem')
  await modem.die({ holding: true })
  assert.equal(openMailbox(smem), null)
})

test('others that allocate at the same time do no harm, and get none', async () => {
  const modem = await soc.remote('modem')
  await modem.run({ seed: 7, turns: 200, ids: [301, 400], hosts: [null, Host.APPS] })
  let mailbox = null
  while (mailbox === null) mailbox = openMailbox(smem)
  mailbox.send('in the crowd')
  await modem.finished()
  await modem.close()
  assert.equal(mailbox.last(), 'in the crowd')
  assert.deepEqual(smem.check(), [])
})
