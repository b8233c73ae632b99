// SPDX-License-Identifier: MIT
// The conditions of `watch --until`, on items of a fake SoC.

import assert from 'node:assert/strict'
import { parseUntil } from '#lib/inspect/watch/until.js'
import { defineDecoder } from '#lib/items/decoder.js'
import { text, u32 } from '#lib/layout/scalar.js'
import { imageOf, MODEM_COUNTER, WatchedSoc } from '../smem/watched.js'

const edge = defineDecoder({
  name: 'edge',
  items: [429],
  decode: (item) => ({
    up: item.read('up', u32, 0) === 1,
    base: '0x86000040',
    entries: [{ name: item.read('entries[0].name', text(8), 4), value: 258 }],
    owner: null,
  }),
})
const modem = [
  { id: 429, data: Uint8Array.from([1, 0, 0, 0, ...Buffer.from('smp2p\0')]), size: 16 },
  { id: MODEM_COUNTER, data: 'crashed at x.c:3' },
]

describe('--until', () => {
  let watched: WatchedSoc
  before(() => {
    watched = new WatchedSoc(imageOf(12, modem), [edge])
  })
  after(() => watched[Symbol.dispose]())

  const holds = (condition: string) => {
    const sampler = watched.smem.sampler()
    sampler.sample()
    return parseUntil(condition).holds(sampler)
  }

  for (const [condition, expected] of [
    ['429.entries[0].value == 258', true],
    ['429.entries[0].value == 0x102', true],
    ['429.entries[0].value != 258', false],
    ['SMP2P_ADSP_BASE.entries[0].value == 258', null],
    ['429@1.entries[0].value > 257', true],
    ['429@modem.entries[0].value >= 259', false],
    ['0x1ad.entries[0].value < 300', true],
    ['429.entries[0].value <= -1', false],
    ['429.entries[0].name == "smp2p"', true],
    ["429.entries[0].name != 'smp2p'", false],
    ['429.base == 0x86000040', true],
    ['429.base == "0x86000040"', true],
    ['429.base > 0x86000040', false],
    ['429.up == true', true],
    ['429.up == false', false],
    ['429.up == 1', true],
    ['429.up', true],
    ['not 429.up', false],
    ['not not 429.up', true],
    // Text against a number: different, and neither more nor less.
    ['429.entries[0].name != 5', true],
    ['429.entries[0].name > 5', false],
    // An item without a path is its text.
    ['302 != ""', true],
    ['302 == "crashed at x.c:3"', true],
    ['302', true],
    ['301', false],
    ['301 == ""', true],
    // What is not there, and null.
    ['400 != ""', false],
    ['400 == ""', false],
    ['400 < 5', false],
    ['400 == null', true],
    ['400 != null', false],
    ['302 != null', true],
    ['429.owner == null', true],
    ['429.owner != 3', false],
    ['429.none == 1', false],
    ['429@2.up', false],
    // Both sides may be fields.
    ['429.entries[0].value == 429.entries[0].value', true],
    ['429.up == 429@1.entries[0].value', false],
    // and binds closer than or.
    ['429.up or 400 and 400', true],
    ['(429.up or 400) and 400', false],
    ['400 or 302 and not 301', true],
    ['429.up AND 302', true],
    ['  429.up==true and(302)  ', true],
  ] as const) {
    it(`${expected === null ? 'understands' : expected ? 'holds' : 'does not hold'}: ${condition}`, () => {
      const result = holds(condition)
      if (expected !== null) assert.equal(result, expected)
    })
  }

  it('says which items and fields are looked at', () => {
    assert.deepEqual(parseUntil('435@1.entries[0].value == 1 and SSR_REASON_MSS0 != ""').refs, [
      { id: 435, host: 1, path: 'entries[0].value', text: '435@1.entries[0].value' },
      { id: 421, host: undefined, path: '', text: 'SSR_REASON_MSS0' },
    ])
  })

  for (const [condition, message] of [
    ['', /at its end: an item or a value is expected/],
    ['429.up ==', /at its end: an item or a value/],
    ['429.up = 1', /at "= 1": and, or, or a comparison/],
    ['429.up 302', /at "302": and, or/],
    ['(429.up', /at its end: a \) is missing/],
    ['429.up or', /at its end/],
    ['BOGUS.up', /at "BOGUS.up": there is no item "BOGUS"/],
    ['nope == 1', /at "nope == 1": there is no item "nope"/],
    ['429.up and  nope  \t', /at "nope {2}\t": there is no item "nope"/],
    ['429@nobody.up and 5', /at "429@nobody.up and 5": there is no host "nobody"/],
    ['429.up == "open', /at ""open": an item or a value/],
    ['429.up == 1x', /at "1x"|there is no|and, or/],
    ['429..up', /at "..up": and, or/],
    ['429.up == 1 and == 2', /at "== 2": an item/],
  ] as const) {
    it(`tells what is wrong with: ${condition}`, () => {
      assert.throws(
        () => parseUntil(condition),
        (error: Error & { code: string; origin: string; hint: string }) => {
          assert.deepEqual([error.code, error.origin], ['EINVAL', 'input'])
          assert.match(error.message, message)
          assert.match(error.hint, /--until/)
          return true
        },
      )
    })
  }
})
