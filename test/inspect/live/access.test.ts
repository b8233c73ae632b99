// SPDX-License-Identifier: MIT
// Who is let in, and what everybody is told to keep to himself.

import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LiveServer } from '#lib/inspect/live/server.js'
import { Token } from '#lib/inspect/live/token.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { ask, LiveScene, serverOf, shout, tool } from './scene.js'

const everything = ['/', '/events', '/snapshot', '/metrics', '/nothing']

describe('the gate of the live page', () => {
  it('is open on this machine alone, and closed without a token elsewhere', async () => {
    await using here = await LiveScene.start()
    assert.equal(here.server.token, null)
    assert.equal((await here.ask('/')).status, 200)
    await using elsewhere = await LiveScene.start({ address: { host: '0.0.0.0', port: 0 } })
    assert.match(elsewhere.server.token!.text, /^[\w-]{43}$/)
    for (const path of everything) assert.equal((await elsewhere.ask(path)).status, 401, path)
  })

  it('makes another token each time', () => {
    assert.notEqual(new Token().text, new Token().text)
  })

  it('refuses a wrong token, wherever it stands', async () => {
    const token = new Token()
    await using scene = await LiveScene.start({ token })
    const wrong = [token.text.slice(0, -1), `${token.text}A`, '', new Token().text, '%00', '\u00e9']
    for (const text of wrong) {
      const { status, headers } = await scene.ask(`/?token=${encodeURIComponent(text)}`)
      assert.deepEqual([status, headers['set-cookie']], [401, undefined])
      const value = encodeURIComponent(text)
      for (const given of [
        { authorization: `Bearer ${value}` },
        { cookie: `qcom-smem-${scene.port}=${value}` },
      ]) {
        assert.equal((await scene.ask('/events', { headers: given })).status, 401)
      }
    }
    const basic = { authorization: `Basic ${token.text}` }
    assert.equal((await scene.ask('/', { headers: basic })).status, 401)
    const elsewhere = await scene.ask(`/snapshot?token=${token.text}`)
    assert.equal(elsewhere.status, 401)
  })

  it('exchanges the token for a cookie that no script and no other site gets', async () => {
    const token = new Token()
    await using scene = await LiveScene.start({ token })
    const entry = await scene.ask(`/?token=${token.text}`)
    assert.equal(entry.status, 200)
    assert.doesNotMatch(entry.body.toString(), new RegExp(token.text))
    const [cookie = ''] = entry.headers['set-cookie'] ?? []
    assert.match(cookie, /; Path=\/; HttpOnly; SameSite=Strict$/)
    const [pair] = cookie.split(';')
    for (const path of ['/', '/snapshot']) {
      const { status } = await scene.ask(path, { headers: { cookie: `a=b; ${pair}; c=d` } })
      assert.equal(status, 200, path)
    }
  })

  it('lets programs in that send the token', async () => {
    const token = new Token()
    await using scene = await LiveScene.start({ token })
    const headers = { authorization: `Bearer ${token.text}` }
    assert.equal((await scene.ask('/snapshot', { headers })).status, 200)
  })

  it('refuses other names than its own, also with the right token', async () => {
    const token = new Token()
    await using scene = await LiveScene.start({ token, hostNames: ['Board7.lab'] })
    const { port } = scene
    const status = async (host: string) => {
      const headers = { host, authorization: `Bearer ${token.text}` }
      return (await scene.ask('/', { headers })).status
    }
    const ours: string[] = [
      '127.0.0.1',
      `127.0.0.1:${port}`,
      `localhost:${port}`,
      'LOCALHOST:9',
      'board7.lab:80',
    ]
    for (const host of ours) assert.equal(await status(host), 200, host)
    const others = [
      ...['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', '127.0.0.2', '0.0.0.0'],
      ...['localhost.', 'localhost@evil.example', '127.0.0.1:', `127.0.0.1:${port}:1`, '[::1]'],
      ...['2130706433', '127.1', 'board7', 'x.board7.lab', '127.0.0.1 evil', '127.0.0.1,evil'],
    ]
    for (const host of others) assert.equal(await status(host), 421, host)
  })

  it('refuses a request with two names, or with none', async () => {
    await using scene = await LiveScene.start()
    const [host, close] = [`Host: 127.0.0.1:${scene.port}`, 'Connection: close']
    const ask = (...lines: string[]) => shout(scene.port, `${lines.join('\r\n')}\r\n\r\n`)
    assert.match(await ask('GET / HTTP/1.1', host, close), /^HTTP\/1.1 200 /)
    assert.match(
      await ask('GET / HTTP/1.1', host, 'Host: evil.example', close),
      /^HTTP\/1.1 4\d\d /,
    )
    assert.match(
      await ask('GET / HTTP/1.1', 'Host: evil.example', host, close),
      /^HTTP\/1.1 4\d\d /,
    )
    assert.match(await ask('GET / HTTP/1.1', close), /^HTTP\/1.1 400 /)
    assert.match(await ask('GET / HTTP/1.0', close), /^HTTP\/1.1 421 /)
    assert.match(await ask(`GET http://evil.example/ HTTP/1.1`, host, close), /^HTTP\/1.1 400 /)
  })

  it('refuses what the pages of other sites ask for', async () => {
    await using scene = await LiveScene.start()
    const status = async (path: string, headers: Record<string, string>) =>
      (await scene.ask(path, { headers })).status
    const own = { origin: `http://127.0.0.1:${scene.port}`, 'sec-fetch-site': 'same-origin' }
    assert.equal(await status('/snapshot', own), 200)
    for (const origin of [
      'http://evil.example',
      'null',
      `https://127.0.0.1:${scene.port}`,
      'http://127.0.0.1:1',
    ]) {
      assert.equal(await status('/events', { origin }), 403, origin)
    }
    for (const site of ['cross-site', 'same-site']) {
      assert.equal(
        await status('/snapshot', { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' }),
        403,
      )
      assert.equal(
        await status('/snapshot', { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' }),
        403,
      )
      assert.equal(await status('/', { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' }), 200)
      assert.equal(await status('/', { 'sec-fetch-site': site, 'sec-fetch-mode': 'cors' }), 403)
    }
  })

  it('sends the headers that keep an answer where it belongs, with every answer', async () => {
    await using scene = await LiveScene.start()
    for (const [path, method] of [
      ['/', 'GET'],
      ['/snapshot', 'GET'],
      ['/events', 'HEAD'],
      ['/x', 'GET'],
      ['/', 'POST'],
    ] as const) {
      const { headers } = await scene.ask(path, { method })
      const policy = String(headers['content-security-policy'])
      assert.match(policy, /^default-src 'none'; .*frame-ancestors 'none'/)
      assert.doesNotMatch(policy, /unsafe|\*/)
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['referrer-policy'], 'no-referrer')
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
      assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
      assert.equal(headers['cache-control'], 'no-store')
      const cors = Object.keys(headers).filter((name) => name.startsWith('access-control'))
      assert.deepEqual(cors, [])
    }
  })

  it('refuses to show a map that can be written to', async () => {
    using soc = FakeSoc.create('sdm845')
    const source = { source: `fake:${soc.path}`, writable: true }
    await assert.rejects(serverOf({ source }), { code: 'EPERM', message: /open for writing/ })
  })
})

describe('the token of a file', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'qcom-smem-token-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const file = (text: string, mode = 0o600) => {
    const path = join(folder, 'token')
    writeFileSync(path, text)
    chmodSync(path, mode)
    return path
  }

  it('is what stands in it', () => {
    const text = 'f00d'.repeat(16)
    assert.equal(Token.ofFile(file(`${text}\n`)).text, text)
  })

  it('is refused where others may read it, where it is short, and where there is none', () => {
    const text = 'f00d'.repeat(16)
    assert.throws(() => Token.ofFile(file(text, 0o644)), { code: 'EPERM', hint: /chmod 600/ })
    assert.throws(() => Token.ofFile(file('short')), { code: 'EINVAL' })
    assert.throws(() => Token.ofFile(file(`${text}\n${text}`)), { code: 'EINVAL' })
    assert.throws(() => Token.ofFile(join(folder, 'none')), { code: 'ENOENT' })
  })
})

describe('where the live page listens', () => {
  it('is told with a hint where somebody else does already, and where nobody can', async () => {
    await using scene = await LiveScene.start()
    const source = { source: `fake:${scene.soc.path}` }
    const start = (host: string, port: number) =>
      LiveServer.start({ source, tool, address: { host, port } })
    await assert.rejects(start('127.0.0.1', scene.port), { code: 'EADDRINUSE', hint: /:0 takes/ })
    await assert.rejects(start('192.0.2.1', 0), { code: 'EADDRNOTAVAIL', hint: /ip addr/ })
    assert.equal((await ask({ port: scene.port, path: '/' })).status, 200)
  })
})
