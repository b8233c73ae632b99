// SPDX-License-Identifier: MIT
// A fake SoC with a live server before it, and those who ask that server: politely, by hand, and for events.

import assert from 'node:assert/strict'
import { type ClientRequest, get, type IncomingHttpHeaders, request } from 'node:http'
import { createConnection } from 'node:net'
import { type LiveOptions, LiveServer } from '#lib/inspect/live/server.js'
import type { PageChange, PageData } from '#lib/inspect/page.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'

export const tool = { name: 'qcom-smem', version: '0.0.0' }

export class LiveScene {
  readonly soc: FakeSoc
  readonly server: LiveServer
  readonly #running: Promise<void>

  static async start(
    options: Partial<LiveOptions> = {},
    soc = FakeSoc.create('sdm845'),
  ): Promise<LiveScene> {
    try {
      return new LiveScene(
        soc,
        await serverOf({ source: { source: `fake:${soc.path}` }, ...options }),
      )
    } catch (error) {
      soc.close()
      throw error
    }
  }

  private constructor(soc: FakeSoc, server: LiveServer) {
    this.soc = soc
    this.server = server
    this.#running = server.run()
  }

  get port(): number {
    return this.server.address.port
  }

  ask(path: string, asked: Partial<Asked> = {}): Promise<Answer> {
    return ask({ port: this.port, path, ...asked })
  }

  events(): Promise<Events> {
    return Events.of(this.port)
  }

  /** That the server answers as if nothing had been. */
  async goesOn(): Promise<void> {
    const { status, body } = await this.ask('/')
    assert.equal(status, 200)
    assert.match(body.toString(), /<script type="application\/json" id="data">/)
    const events = await this.events()
    const page = await events.next<PageData>('page')
    assert.ok(page.items.length > 20)
    events.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close()
    await this.#running
    this.soc.close()
  }
}

/** Samples at 20 Hz on a free port of this machine, unless it is told otherwise. */
export function serverOf(options: Partial<LiveOptions>): Promise<LiveServer> {
  const address = { host: '127.0.0.1', port: 0 }
  return LiveServer.start({ source: {}, tool, address, interval: 50, ...options })
}

interface Asked {
  readonly port: number
  readonly path: string
  readonly method: string
  readonly headers: Record<string, string>
  readonly host: string
  /** From which address of this machine. */
  readonly localAddress: string
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** One request on a connection of its own. */
export function ask({ host = '127.0.0.1', ...asked }: Partial<Asked>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = request({ host, agent: false, ...asked }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('error', reject)
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response
        resolve({ status, headers, body: Buffer.concat(pieces) })
      })
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** Sends bytes as they are; all that comes back until the server ends the connection. */
export function shout(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = ''
    const socket = createConnection({ host: '127.0.0.1', port }, () => socket.write(text))
    socket.setEncoding('latin1')
    socket.on('data', (data: string) => {
      heard += data
    })
    // What was sent may be refused before all of it is taken.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (!['ECONNRESET', 'EPIPE'].includes(error.code ?? '')) reject(error)
    })
    socket.on('close', () => resolve(heard))
  })
}

export interface Told {
  readonly event: string
  readonly data: string
}

/** One who gets events. */
export class Events {
  readonly #request: ClientRequest
  readonly #told: Told[] = []
  #rest = ''
  #hear = () => {}
  #ended = false

  static of(port: number, headers: Record<string, string> = {}): Promise<Events> {
    return new Promise((resolve, reject) => {
      const sent = get({ host: '127.0.0.1', port, path: '/events', agent: false, headers })
      sent.on('error', reject)
      sent.on('response', (response) => {
        assert.equal(response.statusCode, 200)
        assert.equal(response.headers['content-type'], 'text/event-stream')
        const events = new Events(sent)
        response.setEncoding('utf8')
        response.on('data', (text: string) => events.#take(text))
        response.on('close', () => events.#end())
        response.on('error', () => {})
        sent.off('error', reject)
        sent.on('error', () => {})
        resolve(events)
      })
    })
  }

  private constructor(sent: ClientRequest) {
    this.#request = sent
  }

  /** The next event of that name that is as asked for; those before it are dropped. */
  async next<T>(name: string, suits: (data: T) => boolean = () => true): Promise<T> {
    for (;;) {
      for (let told = this.#told.shift(); told !== undefined; told = this.#told.shift()) {
        if (told.event !== name) continue
        const data = JSON.parse(told.data) as T
        if (suits(data)) return data
      }
      assert.ok(!this.#ended, `the events ended before ${name} came`)
      await new Promise<void>((resolve) => {
        this.#hear = resolve
      })
    }
  }

  /** The change that brings that item. */
  change(id: number): Promise<PageChange> {
    return this.next<PageChange>('change', ({ items }) => items.some((item) => item.id === id))
  }

  /** Until the server ends it. */
  async ended(): Promise<void> {
    while (!this.#ended) {
      await new Promise<void>((resolve) => {
        this.#hear = resolve
      })
    }
  }

  close(): void {
    this.#request.destroy()
  }

  #take(text: string): void {
    const blocks = (this.#rest + text).split('\n\n')
    this.#rest = blocks.pop()!
    for (const block of blocks) {
      const lines = new Map(
        block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]),
      )
      const event = lines.get('event')
      if (event !== undefined) this.#told.push({ event, data: lines.get('data') ?? '' })
    }
    this.#hear()
  }

  #end(): void {
    this.#ended = true
    this.#hear()
  }
}
