// SPDX-License-Identifier: MIT
// The way in where a token is wanted: the URL that the server shows has it, and is good for a cookie. The answer is a
// page that leads on, not a redirection: a browser that comes from elsewhere, from a mail, would not show a cookie for
// this site alone on the way.

import { answer, type Exchange, refuse } from './answer.js'
import type { Gate } from './gate.js'

const wanted = {
  status: 401,
  message:
    'The token of this server is missing or wrong. It was shown in a URL when the server started;\n' +
    'other programs send it as "Authorization: Bearer TOKEN".',
}

const onwards = Buffer.from(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url=/">
<title>qcom-smem</title>
<p><a href="/">On to the page</a></p>
`)

/** @returns whether the exchange is over: they have just been let in, or not at all */
export function welcome(gate: Gate, exchange: Exchange, path: string, query: string): boolean {
  const { request } = exchange
  const token = path === '/' ? new URLSearchParams(query).get('token') : null
  const cookie = token === null ? null : gate.exchange(token, request.socket.localPort)
  if (cookie !== null) {
    const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Set-Cookie': cookie }
    answer(exchange, 200, headers, onwards)
    return true
  }
  if (gate.admits(request)) return false
  refuse(exchange, wanted, { 'WWW-Authenticate': 'Bearer realm="qcom-smem"' })
  return true
}
