// SPDX-License-Identifier: MIT
// The decoder on bytes that are right, and on bytes that are not.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Smem } from 'qcom-smem'
import { FakeSoc } from 'qcom-smem/testing'
import decoder from './calibration.js'
import { calibration, imageWith } from './sample.js'

function dissect(data) {
  const soc = FakeSoc.fromImage(imageWith(data))
  const smem = Smem.open({ source: `fake:${soc.path}`, decoders: [decoder] })
  try {
    return smem.get(134).dissect()
  } finally {
    smem.close()
    soc.close()
  }
}

test('reads two inputs', () => {
  const { value, notes, fields } = dissect(calibration())
  assert.deepEqual(value.inputs[1], {
    name: 'coil',
    range: 1800,
    points: [0, 1800, 3600, 5400],
    kind: 1,
    kindName: 'differential',
  })
  assert.equal(value.valid, true)
  assert.deepEqual(notes, [])
  assert.deepEqual(fields[3], { path: 'inputs[0].name', offset: 8, size: 8 })
})

test('reads no further than the item goes', () => {
  const { value, notes } = dissect(calibration({ count: 60000 }))
  assert.equal(value.inputs.length, 2)
  assert.match(notes[0], /60000 inputs are counted, and there is room for 2/)
})

test('says where the checksum is wrong', () => {
  const data = calibration()
  data[20] ^= 1
  const { value, notes } = dissect(data)
  assert.equal(value.valid, false)
  assert.match(notes[0], /the checksum is/)
})

test('refuses a version that it does not know, and leaves alone what is not its own', () => {
  assert.throws(() => dissect(calibration({ version: 2 })), { code: 'EINVAL' })
  assert.equal(dissect(Buffer.alloc(52)), null)
})
