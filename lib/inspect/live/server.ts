// SPDX-License-Identifier: MIT
// The live page as a server: one who looks at the memory, and everybody who may watch. It only ever reads. Who asks too
// much, too slowly or in the wrong way is turned away, and the others do not notice.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type ErrorCode, SmemError } from '../../errors.js'
import { checkInterval, Rhythm } from '../../smem/watch.js'
import type { SmemOptions } from '../../smem.js'
import type { PageData } from '../page.js'
import { type Address, bracketed, isLoopback, reachable } from './address.js'
import { refuse } from './answer.js'
import { Audience } from './audience.js'
import { liveDocument } from './document.js'
import { Feed, type FeedOptions, type Observer } from './feed.js'
import { Gate } from './gate.js'
import { defaultLimits, type Limits } from './limits.js'
import { follow, type Hall, type MetricsSource } from './routes.js'
import { welcome } from './sign-in.js'
import { Token } from './token.js'

export interface LiveOptions {
  readonly source: SmemOptions
  /** Who shows it. */
  readonly tool: PageData['tool']
  readonly address: Address
  /** Milliseconds from one sample to the next, at least 10. Default 200. */
  readonly interval?: number | undefined
  /** By which this server is asked for, beside its addresses. */
  readonly hostNames?: readonly string[] | undefined
  /**
   * Without it nobody is let in. Default: one made at random where others than this machine get to the address, none
   * where only this machine does.
   */
  readonly token?: Token | undefined
  readonly metrics?: (MetricsSource & Observer) | undefined
  readonly limits?: Partial<Limits> | undefined
}

const INTERVAL = 200
const SHORTEST = 10

export class LiveServer {
  readonly token: Token | null
  readonly #options: LiveOptions
  readonly #interval: number
  readonly #limits: Limits
  readonly #gate: Gate
  readonly #server: Server
  readonly #hall: Hall
  readonly #feed: Feed
  readonly #audience: Audience
  readonly #connections = new Map<string, number>()
  readonly #ending = new AbortController()
  #looked = 0
  /** Of ours; it ends the server. */
  #bug: unknown = null

  /**
   * Opens the source and listens.
   * @throws SmemError what opening the source gives; EPERM for a map that can be written to; EINVAL for an interval that
   *   makes no sense; EADDRINUSE, EACCES and others where nobody can listen there
   */
  static async start(options: LiveOptions): Promise<LiveServer> {
    const server = new LiveServer(options)
    try {
      await server.#listen()
      return server
    } catch (error) {
      await server.close()
      throw error
    }
  }

  private constructor(options: LiveOptions) {
    const { address, interval = INTERVAL, metrics, hostNames } = options
    checkRhythm(interval)
    this.#options = options
    this.#interval = interval
    this.#limits = { ...defaultLimits, ...options.limits }
    this.token = options.token ?? (isLoopback(address.host) ? null : new Token())
    const { urlLength } = this.#limits
    this.#gate = new Gate({ hostNames, token: this.token, urlLength })
    this.#audience = new Audience(this.#limits)
    const { source, tool } = options
    const tell: FeedOptions['tell'] = (message) => this.#audience.tell(message)
    this.#feed = new Feed({ source, tool, tell, observer: metrics })
    this.#hall = {
      feed: this.#feed,
      audience: this.#audience,
      document: liveDocument(),
      metrics: metrics ?? null,
      limits: this.#limits,
      sending: 0,
      refresh: () => {
        if (performance.now() - this.#looked >= this.#interval) this.#look()
      },
    }
    this.#server = this.#serve()
  }

  /** Where it listens. */
  get address(): Address {
    const { address, port } = this.#server.address() as AddressInfo
    return { host: address, port }
  }

  /** Without the token. */
  get url(): string {
    const { host, port } = this.address
    return `http://${bracketed(reachable(host))}:${port}/`
  }

  /** Who gets events now. */
  get viewers(): number {
    return this.#audience.size
  }

  /** Samples until `signal` is aborted, or the server is closed; then it is closed. */
  async run(signal?: AbortSignal): Promise<void> {
    const signals = [this.#ending.signal, ...(signal === undefined ? [] : [signal])]
    const ending = AbortSignal.any(signals)
    try {
      using rhythm = new Rhythm(this.#interval, ending)
      while (!ending.aborted) {
        // Whoever comes looks first: in between nobody needs to.
        if (this.viewers > 0 || this.#options.metrics !== undefined) this.#look()
        await rhythm.next()
      }
    } finally {
      await this.close()
    }
    if (this.#bug !== null) throw this.#bug
  }

  /** Ends every connection. Idempotent. */
  async close(): Promise<void> {
    this.#ending.abort()
    this.#audience.close()
    this.#feed.close()
    await new Promise((resolve) => {
      this.#server.close(resolve)
      this.#server.closeAllConnections()
    })
  }

  #look(): void {
    if (this.#ending.signal.aborted) return
    this.#feed.look()
    this.#looked = performance.now()
  }

  #serve(): Server {
    const { headerSize, headers, headersTime, idleTime, connections } = this.#limits
    const server = createServer({
      maxHeaderSize: headerSize,
      headersTimeout: headersTime,
      requestTimeout: headersTime,
      keepAliveTimeout: idleTime,
      connectionsCheckingInterval: Math.min(headersTime, idleTime) / 4,
    })
    server.maxHeadersCount = headers
    server.maxConnections = connections
    server.on('connection', (socket) => this.#count(socket))
    server.on('request', (request, response) => this.#receive(request, response))
    // Neither other protocols nor tunnels.
    server.on('upgrade', (_request, socket) => socket.destroy())
    server.on('connect', (_request, socket) => socket.destroy())
    server.on('checkContinue', (request, response) => this.#receive(request, response))
    return server
  }

  #listen(): Promise<void> {
    const { host, port } = this.#options.address
    return new Promise((resolve, reject) => {
      // Later ones are of connections that could not be taken: they are not told.
      this.#server.on('error', (error) => reject(asSmemError(error, { host, port })))
      this.#server.listen(port, host, () => resolve())
    })
  }

  /** Nobody alone takes all connections. */
  #count(socket: Socket): void {
    const address = socket.remoteAddress ?? ''
    const open = (this.#connections.get(address) ?? 0) + 1
    this.#connections.set(address, open)
    socket.on('close', () => {
      const left = this.#connections.get(address)! - 1
      if (left === 0) this.#connections.delete(address)
      else this.#connections.set(address, left)
    })
    if (open > this.#limits.connectionsPerAddress) socket.destroy()
    // Until it asks for something; node itself waits for ever for the first byte.
    socket.setTimeout(this.#limits.headersTime)
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    request.socket.setTimeout(0)
    // Of whoever has left before the answer came.
    response.on('error', () => {})
    const exchange = { request, response }
    const refusal = this.#gate.refusal(request)
    if (refusal !== null) {
      refuse(exchange, refusal, refusal.status === 405 ? { Allow: 'GET, HEAD' } : {})
      return
    }
    const [path = '', query = ''] = request.url!.split('?', 2)
    if (path !== '/events') {
      const late = setTimeout(() => response.destroy(), this.#limits.answerTime)
      response.on('close', () => clearTimeout(late))
    }
    if (welcome(this.#gate, exchange, path, query)) return
    follow(path, this.#hall, exchange).catch((error: unknown) => {
      this.#bug = error
      this.#ending.abort()
    })
  }
}

/** @throws SmemError EINVAL */
function checkRhythm(interval: number): void {
  checkInterval(interval)
  if (interval >= SHORTEST) return
  throw new SmemError('EINVAL', `nobody sees what changes every ${interval} ms`, {
    origin: 'input',
    hint: `an interval is at least ${SHORTEST} ms`,
  })
}

const reasons: Readonly<Record<string, { readonly message: string; readonly hint: string }>> = {
  EADDRINUSE: {
    message: 'somebody listens there already',
    hint: '--listen 127.0.0.1:0 takes any port that is free',
  },
  EACCES: {
    message: 'not allowed',
    hint: 'ports below 1024 are for root alone; --listen 127.0.0.1:8787 is not',
  },
  EADDRNOTAVAIL: {
    message: 'that is no address of this machine',
    hint: 'ip addr shows those; 0.0.0.0 is all of them',
  },
}

function asSmemError(error: NodeJS.ErrnoException, { host, port }: Address): SmemError {
  const { code = 'EIO', message } = error
  const reason = reasons[code]
  const where = `${bracketed(host)}:${port}`
  return new SmemError(
    code as ErrorCode,
    `cannot listen on ${where}: ${reason?.message ?? message}`,
    { origin: 'input', syscall: 'listen', hint: reason?.hint, cause: error },
  )
}
