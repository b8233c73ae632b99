// SPDX-License-Identifier: MIT
// Crash reasons, and the other texts that processors leave.

import assert from 'node:assert/strict'
import { decode, dissect } from './decode.js'
import { golden } from './golden/crash-reason.js'
import { golden as texts } from './golden/error-text.js'
import { golden as adsp } from './golden/error-text-adsp.js'
import { written } from './golden/golden.js'

describe('a crash reason', () => {
  it('is text to its NUL or to the end of the item', () => {
    const [full, ended] = golden.map(({ id, bytes }) => decode(id, bytes))
    assert.deepEqual(full, {
      subsystem: 'MSS',
      crashed: true,
      reason: 'mdsp_task.c:1234:Assert task_state == RUNNING failed',
      cleared: null,
    })
    assert.deepEqual(ended, {
      subsystem: 'WCNSS',
      crashed: true,
      reason: 'pronto watchdog\n',
      cleared: null,
    })
  })

  it('is empty for a subsystem that never crashed', () => {
    const never = { subsystem: 'DSPS', crashed: false, reason: '', cleared: null }
    assert.deepEqual(decode(424, written(81, [])), never)
    assert.deepEqual(decode(424, written(0, [])), never)
  })

  it('is partly left where an older kernel has cleared it', () => {
    const { value, notes } = dissect(423, golden[2]!.bytes)!
    assert.deepEqual(value, {
      subsystem: 'LPASS',
      crashed: false,
      reason: '',
      cleared: 'dsp_task.c:1234:Assert task_state == RUNNING failed',
    })
    assert.equal(notes.length, 1)
  })

  it('knows its subsystem', () => {
    const names = golden.map(
      ({ id, bytes }) => (decode(id, bytes) as { subsystem: string }).subsystem,
    )
    const known = ['MSS', 'WCNSS', 'LPASS', 'DSPS', 'VCODEC', 'CDSP', 'WPSS', 'SOCCP']
    assert.deepEqual(names, known)
  })

  it('notes the bytes that it took, with the NUL', () => {
    const { fields } = dissect(422, golden[1]!.bytes)!
    assert.deepEqual(fields, [{ path: 'reason', offset: 0, size: 17 }])
  })

  it('notes bytes that are no text, and is cut off after 16384', () => {
    assert.deepEqual(dissect(601, written(80, [[0, 'a\x01b']]))!.notes, [
      'some of its bytes are no text',
    ])
    const { value, notes } = dissect(601, Buffer.alloc(100_000, 'x'))!
    assert.equal((value as { reason: string }).reason.length, 16384)
    assert.deepEqual(notes, ['cut off after 16384 bytes'])
  })
})

describe('an error text', () => {
  it('is what the processor wrote', () => {
    const [message, log] = texts.map(({ id, bytes }) => decode(id, bytes))
    assert.deepEqual(message, { text: 'ONCRPC: timeout' })
    assert.deepEqual(log, { text: 'Error in file a.c, line 1\r\n\tr0 = 0x0\r\n' })
  })

  it('of the ADSP is not made of what is no text', () => {
    assert.deepEqual(decode(11, adsp[0]!.bytes), { text: 'Q6 error in file b.c, line 2\n' })
    const badBlocks = written(64, [
      [0, 17],
      [4, 3],
    ])
    assert.equal(dissect(11, badBlocks), null)
    assert.equal(dissect(11, written(7, [[0, 'sevenly']])), null)
  })
})
