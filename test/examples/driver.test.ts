// SPDX-License-Identifier: MIT
// The driver of the examples and its tests: they pass as they are, and each way to break the driver fails the test
// that is there for it.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Stage } from './stage.js'

/** What a driver can get wrong: text of mailbox.js, what stands there instead, and the test that tells. */
const faults: Readonly<Record<string, readonly [good: string, bad: string, told: RegExp]>> = {
  'allocates where the modem does not look': ['{ host: Host.MODEM, ', '{ ', /modem finds/],
  'makes its item too small': ['const SIZE = 128', 'const SIZE = 64', /modem finds/],
  'cannot be started twice': [", existing: 'ok'", '', /started again/],
  'forgets the length': ['this.#item.write32(LENGTH, bytes.length)', '', /whatever its length/],
  'writes what does not fit': ['if (bytes.length > SIZE - TEXT)', 'if (false)', /too long/],
  'starts to count anew': ['this.count + 1', '1', /whatever its length/],
  'does not expect a lock that is never released': ["=== 'ETIMEDOUT'", "=== 'EBUSY'", /died/],
}

describe('the example of a driver', () => {
  let stage: Stage
  let driver = ''
  let text = ''
  before(() => {
    stage = new Stage('driver')
    driver = join(stage.folder, 'mailbox.js')
    text = readFileSync(driver, 'utf8')
  })
  after(() => stage.close())

  it('has tests that pass', function () {
    this.timeout(60_000)
    const { code, out, err } = stage.run('node --test --test-reporter=tap')
    assert.equal(code, 0, out + err)
    assert.match(out, /^# pass 6$/m)
  })

  for (const [fault, [good, bad, told]] of Object.entries(faults)) {
    it(`has a test that fails where the driver ${fault}`, function () {
      this.timeout(60_000)
      assert.equal(text.split(good).length, 2, `mailbox.js has no ${good}`)
      writeFileSync(driver, text.replace(good, bad))
      const { code, out } = stage.run('node --test --test-reporter=tap')
      assert.equal(code, 1, out)
      const failed = [...out.matchAll(/^ *not ok \d+ - (.*)$/gm)].map(([, name]) => name!)
      assert.ok(
        failed.some((name) => told.test(name)),
        `failed: ${failed.join('; ')}`,
      )
    })
  }
})
