// SPDX-License-Identifier: MIT
// The service of the examples: it answers over HTTP with what the chip is, says so when it cannot, and ends cleanly.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { blocks } from '../docs/pages.js'
import { consoleSteps, isShown } from '../docs/transcript.js'
import { Stage } from './stage.js'

const [started, asked] = blocks('examples/service/README.md').flatMap(({ text }) =>
  consoleSteps(text),
)

describe('the example of a service', () => {
  let stage: Stage
  let server: ChildProcess | null = null
  before(() => {
    stage = new Stage('service')
  })
  afterEach(async () => {
    if (server?.exitCode === null && server.signalCode === null) {
      server.kill('SIGKILL')
      await once(server, 'close')
    }
    server = null
  })
  after(() => stage.close())

  /** @returns the address that it prints */
  async function start(source: string): Promise<string> {
    const env = { ...stage.env, PORT: '0', QCOM_SMEM_SOURCE: source }
    server = spawn(process.execPath, ['server.js'], { cwd: stage.folder, env })
    let printed = ''
    for await (const text of server.stdout!.setEncoding('utf8')) {
      printed += text
      if (printed.includes('\n')) break
    }
    return printed.trim()
  }

  const get = async (url: string, method = 'GET') => {
    const response = await fetch(url, { method, headers: { connection: 'close' } })
    return { status: response.status, body: JSON.parse(await response.text()) }
  }

  it('tells what chip it is, as its README shows', async () => {
    const url = await start('fake')
    assert.equal(url.replace(/:\d+\//, ':8137/'), started!.shown)
    const response = await fetch(url)
    assert.equal(response.headers.get('content-type'), 'application/json')
    const text = await response.text()
    assert.ok(isShown(asked!.shown!, text), text)
    assert.deepEqual(Object.keys(JSON.parse(text)).slice(0, 2), ['source', 'soc'])
  })

  it('ends at once and cleanly when it is told to', async () => {
    const url = await start('fake')
    // A connection that is kept open is no reason to stay.
    await (await fetch(url)).text()
    server!.kill('SIGTERM')
    assert.deepEqual(await once(server!, 'close'), [0, null])
  })

  it('answers nothing else', async () => {
    const url = await start('fake')
    assert.equal((await get(url, 'POST')).status, 405)
    assert.equal((await get(new URL('/', url).href)).status, 404)
  })

  it('says why where the item cannot be had', async () => {
    using soc = FakeSoc.create({ version: 11, base: 0x86000000, size: 0x10000 })
    const { status, body } = await get(await start(`fake:${soc.path}`))
    assert.equal(status, 503)
    assert.equal(body.code, 'ENXIO')
    assert.equal(typeof body.hint, 'string')
  })

  it('does not start where there is no SMEM', async () => {
    assert.equal(await start('file:nowhere.bin'), '')
    if (server!.exitCode === null) await once(server!, 'close')
    assert.equal(server!.exitCode, 1)
  })
})
