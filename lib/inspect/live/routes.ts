// SPDX-License-Identifier: MIT
// What there is to ask for: the page, its events, a snapshot, and metrics where they are wanted. Nothing here writes.

import type { OutgoingHttpHeaders } from 'node:http'
import { SmemError } from '../../errors.js'
import { answer, answerText, type Exchange, refuse } from './answer.js'
import type { Audience } from './audience.js'
import type { LiveDocument } from './document.js'
import type { Feed } from './feed.js'
import { securityHeaders } from './headers.js'
import type { Limits } from './limits.js'

/** A page for Prometheus. */
export interface MetricsSource {
  page(): Promise<{ readonly contentType: string; readonly text: string }>
}

export interface Hall {
  readonly feed: Feed
  readonly audience: Audience
  readonly document: LiveDocument
  readonly metrics: MetricsSource | null
  readonly limits: Limits
  /** Snapshots on their way. */
  sending: number
  /** Looks at the memory, unless somebody has just done so. */
  refresh(): void
}

type Route = (hall: Hall, exchange: Exchange) => void | Promise<void>

const busy = { status: 503, message: 'Too many are looking already; try again in a moment.' }
const later: OutgoingHttpHeaders = { 'Retry-After': 5 }

const routes: Readonly<Record<string, Route>> = {
  '/': ({ document }, exchange) => {
    const { html, policy } = document
    const headers = {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
    }
    answer(exchange, 200, headers, html)
  },

  '/events': ({ feed, audience, refresh }, exchange) => {
    const { request, response } = exchange
    const address = request.socket.remoteAddress ?? ''
    if (audience.isFull(address)) {
      refuse(exchange, busy, later)
      return
    }
    refresh()
    const headers = { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' }
    response.writeHead(200, { ...securityHeaders, ...headers })
    if (request.method === 'HEAD') response.end()
    else audience.add(response, address, feed)
  },

  '/snapshot': (hall, exchange) => {
    if (hall.sending >= hall.limits.snapshots) {
      refuse(exchange, busy, later)
      return
    }
    const { bytes, note } = hall.feed.snapshot()
    hall.sending++
    exchange.response.on('close', () => hall.sending--)
    const name = `smem-${note.time.replace(/\.\d+|\D/g, '')}.elf`
    const headers = {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${name}"`,
    }
    answer(exchange, 200, headers, bytes)
  },

  '/metrics': async ({ metrics }, exchange) => {
    if (metrics === null) {
      refuse(exchange, notHere)
      return
    }
    const { contentType, text } = await metrics.page()
    answerText(exchange, 200, text, { 'Content-Type': contentType })
  },
}

const notHere = { status: 404, message: 'There is nothing here.' }

/** Does what a path asks for. What the memory does not give is told as such. */
export async function follow(path: string, hall: Hall, exchange: Exchange): Promise<void> {
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined
  if (route === undefined) {
    refuse(exchange, notHere)
    return
  }
  try {
    await route(hall, exchange)
  } catch (error) {
    if (!(error instanceof SmemError)) throw error
    refuse(exchange, { status: 503, message: `${error.code}: ${error.message}` }, later)
  }
}
