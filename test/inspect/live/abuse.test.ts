// SPDX-License-Identifier: MIT
// Those who want more than there is, in the wrong way, or without end. After each of them the server answers as before.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'
import type { Limits } from '#lib/inspect/live/limits.js'
import type { PageData } from '#lib/inspect/page.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { LiveScene, shout } from './scene.js'

/** So short that a test need not wait. */
const limits: Partial<Limits> = {
  headersTime: 1000,
  idleTime: 1000,
  connections: 64,
  connectionsPerAddress: 16,
  viewersPerAddress: 3,
}

describe('the server of the live page', () => {
  let scene: LiveScene
  beforeEach(async () => {
    scene = await LiveScene.start({ limits })
  })
  afterEach(async () => {
    try {
      await scene.goesOn()
    } finally {
      await scene[Symbol.asyncDispose]()
    }
  })

  /** Sends a request line and headers as they are. */
  const send = (line: string, ...headers: string[]) => {
    const lines = [line, `Host: 127.0.0.1:${scene.port}`, 'Connection: close', ...headers, '', '']
    return shout(scene.port, lines.join('\r\n'))
  }
  const statusOf = (heard: string) => Number(/^HTTP\/1\.1 (\d+) /.exec(heard)?.[1])

  it('answers GET and HEAD alone', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) {
      for (const path of ['/', '/events', '/snapshot', '/x']) {
        const { status, headers } = await scene.ask(path, { method })
        assert.deepEqual([status, headers.allow], [405, 'GET, HEAD'], `${method} ${path}`)
      }
    }
    for (const path of ['/', '/events', '/snapshot']) {
      const { status, body } = await scene.ask(path, { method: 'HEAD' })
      assert.deepEqual([status, body.length], [200, 0])
    }
    assert.equal(statusOf(await send('BREW / HTTP/1.1')), 400)
    assert.equal(await send('CONNECT evil.example:80 HTTP/1.1'), '')
  })

  it('takes nothing with a request, and speaks no other protocol', async () => {
    const length = `Content-Length: ${2 ** 30}`
    assert.equal(statusOf(await send('GET / HTTP/1.1', length)), 413)
    assert.equal(statusOf(await send('GET / HTTP/1.1', length, 'Expect: 100-continue')), 413)
    assert.equal(statusOf(await send('GET / HTTP/1.1', 'Transfer-Encoding: chunked')), 413)
    const both = ['Transfer-Encoding: chunked', 'Content-Length: 4']
    assert.ok([400, 413].includes(statusOf(await send('GET / HTTP/1.1', ...both))))
    const key = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='
    const websocket = ['Upgrade: websocket', key, 'Sec-WebSocket-Version: 13']
    const heard = await shout(
      scene.port,
      [`GET / HTTP/1.1`, `Host: 127.0.0.1`, 'Connection: Upgrade', ...websocket, '', ''].join(
        '\r\n',
      ),
    )
    assert.doesNotMatch(heard, /^HTTP\/1\.1 101/)
  })

  it('has no files', async () => {
    const paths = [
      ...[
        '/../../etc/passwd',
        '/..%2f..%2fetc%2fpasswd',
        '/%2e%2e/%2e%2e/etc/passwd',
        '//etc/passwd',
      ],
      ...['/page/../package.json', '/./', '/index.html', '/snapshot/', '/Events', '/__proto__'],
      ...['/constructor', '/toString', '/%00', '/\\..\\..', '/events%20', '/;/', '/%'],
    ]
    for (const path of paths) assert.equal(statusOf(await send(`GET ${path} HTTP/1.1`)), 404, path)
    assert.equal((await scene.ask('/metrics')).status, 404)
  })

  it('reads no endless headers and no endless address', async () => {
    const text = 'x'.repeat(2 ** 16)
    assert.equal(statusOf(await send('GET / HTTP/1.1', `X-Large: ${text}`)), 431)
    assert.equal(statusOf(await send('GET / HTTP/1.1', `Cookie: ${text}`)), 431)
    const many = Array.from({ length: 5000 }, (_, i) => `X-${i}: 1`)
    assert.equal(statusOf(await send('GET / HTTP/1.1', ...many)), 431)
    assert.equal(statusOf(await send(`GET /${'x'.repeat(2000)} HTTP/1.1`)), 414)
    assert.equal(statusOf(await send(`GET /${text} HTTP/1.1`)), 431)
  })

  it('is not upset by what is no HTTP', async () => {
    const noise = [
      '\r\n\r\n\r\n',
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      '\0'.repeat(4096),
    ]
    for (const text of [
      ...noise,
      'GET\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      '{"jsonrpc":"2.0"}\r\n\r\n',
    ]) {
      assert.doesNotMatch(await shout(scene.port, text), /^HTTP\/1\.1 200/)
    }
  })

  it('waits for nobody who does not finish, or begin, a request', async () => {
    const silent = connected(scene.port)
    const begun = connected(scene.port)
    begun.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A`)
    await Promise.all([silent, begun].map((socket) => once(socket, 'close')))
  })

  it('lets nobody take all connections', async () => {
    const from = (address: string) => connected(scene.port, address)
    const many = Array.from({ length: 500 }, () => from('127.0.0.2'))
    await Promise.all(many.map(settled))
    await untilAtMost(limits.connectionsPerAddress!, many)
    await scene.goesOn()
    for (const socket of many) socket.destroy()
  })

  it('gets over more connections than it takes from everywhere', async () => {
    const many = Array.from({ length: 500 }, (_, i) => connected(scene.port, `127.0.1.${i % 250}`))
    await Promise.all(many.map(settled))
    await untilAtMost(limits.connections!, many)
    // They have nothing to ask: soon they are let go.
    await Promise.all(many.map((socket) => socket.destroyed || once(socket, 'close')))
  })

  it('shows the page to a number of viewers, and tells the others to come later', async () => {
    const viewers = await Promise.all([1, 2, 3].map(() => scene.events()))
    const { status, headers } = await scene.ask('/events')
    assert.deepEqual([status, headers['retry-after']], [503, '5'])
    const elsewhere = await scene.ask('/events', { method: 'HEAD', localAddress: '127.0.0.3' })
    assert.equal(elsewhere.status, 200)
    viewers[0]!.close()
    while (scene.server.viewers > 2) await new Promise(setImmediate)
    const another = await scene.events()
    for (const viewer of [...viewers, another]) viewer.close()
    while (scene.server.viewers > 0) await new Promise(setImmediate)
  })

  it('does not take it amiss when somebody leaves in the middle', async () => {
    for (const path of ['/', '/snapshot', '/events']) {
      const socket = connected(scene.port)
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`)
      await once(socket, 'data')
      socket.resetAndDestroy()
    }
  })
})

describe('slow viewers of the live page', () => {
  it('are dropped in the end, and delay nobody', async () => {
    const soc = FakeSoc.create({
      version: 11,
      base: 0x86000000,
      size: 0x40000,
      global: [{ id: LARGE, size: 2 ** 16 }],
    })
    const slowly = { stallTime: 300, queueSize: 2 ** 18 }
    await using scene = await LiveScene.start({ interval: 10, limits: slowly }, soc)
    const slow = connected(scene.port)
    slow.pause()
    slow.write('GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
    await once(slow, 'readable')
    const quick = await scene.events()
    const page = await quick.next<PageData>('page')
    assert.equal(scene.server.viewers, 2)
    const address = Number(page.items[0]!.address)
    // Sockets keep some megabytes for whoever does not read.
    for (let i = 1; scene.server.viewers > 1; i++) {
      soc.patch32(address, i)
      await quick.change(LARGE)
    }
    await once(slow.resume(), 'close')
    const next = await scene.events()
    assert.equal((await next.next<PageData>('page')).items.length, 1)
  })
})

/** An id that no decoder knows. */
const LARGE = 300

function connected(port: number, localAddress = '127.0.0.1'): Socket {
  const socket = createConnection({ host: '127.0.0.1', port, localAddress })
  // Who does not read does not notice that the other end is closed.
  return socket.on('error', () => {}).resume()
}

/** Whether or not it was taken. */
async function settled(socket: Socket): Promise<void> {
  if (socket.connecting) await Promise.race([once(socket, 'connect'), once(socket, 'close')])
}

/** The server has turned the others away. */
async function untilAtMost(count: number, sockets: readonly Socket[]): Promise<void> {
  while (sockets.filter(({ destroyed }) => !destroyed).length > count) {
    await new Promise(setImmediate)
  }
}
