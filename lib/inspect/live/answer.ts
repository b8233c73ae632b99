// SPDX-License-Identifier: MIT
// What is sent back, always with the headers that keep it where it belongs.

import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Refusal } from './gate.js'
import { securityHeaders } from './headers.js'

/** Handed to the socket at once. */
const PIECE = 2 ** 16

/** A request and where its answer goes. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** Sends all of `body`, as fast as it is taken; of a HEAD only how much that is. */
export function answer(
  { request, response }: Exchange,
  status: number,
  headers: OutgoingHttpHeaders,
  body: Uint8Array,
): void {
  const length = { 'Content-Length': body.length }
  response.writeHead(status, { ...securityHeaders, ...headers, ...length })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  let sent = 0
  const send = () => {
    while (sent < body.length) {
      const piece = body.subarray(sent, sent + PIECE)
      sent += piece.length
      if (!response.write(piece)) return
    }
    response.off('drain', send)
    response.end()
  }
  response.on('drain', send)
  send()
}

export function answerText(
  exchange: Exchange,
  status: number,
  text: string,
  headers: OutgoingHttpHeaders = {},
): void {
  const type = { 'Content-Type': 'text/plain; charset=utf-8' }
  answer(exchange, status, { ...type, ...headers }, Buffer.from(text))
}

/** Whoever is refused has nothing more to say on this connection. */
export function refuse(
  exchange: Exchange,
  { status, message }: Refusal,
  headers: OutgoingHttpHeaders = {},
): void {
  answerText(exchange, status, `${message}\n`, { Connection: 'close', ...headers })
}
