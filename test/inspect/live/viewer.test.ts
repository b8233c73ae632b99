// SPDX-License-Identifier: MIT
// One who gets events, on a connection that takes as much as the test says.

import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { Viewer } from '#lib/inspect/live/viewer.js'

const beat = 'event: beat\ndata: {}\n\n'

class Connection extends EventEmitter {
  destroyed = false
  takes = true
  sent = ''

  write(bytes: Buffer): boolean {
    this.sent += bytes.toString()
    return this.takes
  }

  destroy(): void {
    this.destroyed = true
    this.emit('close')
  }

  /** Takes what was sent, and more if it goes on. @returns what had come */
  take(takes: boolean): string {
    const { sent } = this
    this.sent = ''
    this.takes = takes
    this.emit('drain')
    return sent
  }
}

function viewerOf(connection: Connection, limits = {}) {
  let pages = 0
  const viewer = new Viewer(connection as unknown as ServerResponse, {
    ...{ queueLength: 3, queueSize: 100, stallTime: 10_000, ...limits },
    whole: () => Buffer.from(`<page ${++pages}>`),
  })
  return { viewer, tell: (text: string) => viewer.tell(Buffer.from(text)) }
}

describe('a viewer', () => {
  it('gets the whole page, then each message at once', () => {
    const connection = new Connection()
    const { tell } = viewerOf(connection)
    for (const text of ['a', 'b', 'c']) tell(text)
    assert.equal(connection.sent, '<page 1>abc')
  })

  it('gets what waited for it, in order', () => {
    const connection = new Connection()
    connection.takes = false
    const { tell } = viewerOf(connection)
    for (const text of ['a', 'b', 'c']) tell(text)
    assert.equal(connection.take(true), '<page 1>')
    assert.equal(connection.sent, 'abc')
    connection.destroy()
  })

  it('gets the page as it is by then in place of too many messages', () => {
    const connection = new Connection()
    connection.takes = false
    const { tell } = viewerOf(connection)
    for (const text of ['a', 'b', 'c', 'd', 'e']) tell(text)
    assert.equal(connection.take(false), '<page 1>')
    assert.equal(connection.take(true), '<page 2>')
    tell('f')
    assert.equal(connection.sent, 'f')
  })

  it('gets the page in place of messages that are too large', () => {
    const connection = new Connection()
    connection.takes = false
    const { tell } = viewerOf(connection)
    tell('a'.repeat(99))
    tell('bb')
    assert.equal(connection.take(true), '<page 1>')
    assert.equal(connection.sent, '<page 2>')
  })

  it('gets a large page in pieces, and nothing in between', () => {
    const connection = new Connection()
    connection.takes = false
    const page = 'x'.repeat(150_000)
    const viewer = new Viewer(connection as unknown as ServerResponse, {
      ...{ queueLength: 3, queueSize: 100, stallTime: 10_000 },
      whole: () => Buffer.from(page),
    })
    viewer.tell(Buffer.from('a'))
    let heard = ''
    for (let i = 0; i < 4; i++) {
      assert.ok(connection.sent.length <= 65_536)
      viewer.beat()
      heard += connection.take(false)
    }
    assert.equal(heard, `${page}a`)
    connection.destroy()
  })

  it('is dropped when it takes nothing for too long', async () => {
    const connection = new Connection()
    connection.takes = false
    viewerOf(connection, { stallTime: 1 })
    await once(connection, 'close')
    assert.ok(connection.destroyed)
  })

  it('gets a sign of life only where nothing else is under way', () => {
    const connection = new Connection()
    const { viewer } = viewerOf(connection)
    connection.sent = ''
    viewer.beat()
    assert.equal(connection.sent, beat)
    connection.takes = false
    viewer.tell(Buffer.from('a'))
    viewer.beat()
    assert.equal(connection.sent, `${beat}a`)
    connection.destroy()
  })
})
