// SPDX-License-Identifier: MIT
// Who gets in. A page of another site must not: it could ask for our address under its own name (DNS rebinding), or
// from a script, an image, a frame. So the name that was asked for must be one of ours, and who asks must be us. Where
// a token is wanted, a browser exchanges it once for a cookie; other programs send it with each request.

import type { IncomingMessage } from 'node:http'
import { bracketed, isLoopback, plain } from './address.js'
import type { Token } from './token.js'

/** Why not: an HTTP status, and a sentence for people. */
export interface Refusal {
  readonly status: number
  readonly message: string
}

export interface GateOptions {
  /** Further names of this server, without a port. */
  readonly hostNames?: readonly string[] | undefined
  /** null: everybody who gets here may look. */
  readonly token: Token | null
  readonly urlLength: number
}

const reading = new Set(['GET', 'HEAD'])

export class Gate {
  readonly #names: ReadonlySet<string>
  readonly #token: Token | null
  readonly #urlLength: number

  constructor({ hostNames = [], token, urlLength }: GateOptions) {
    this.#names = new Set(hostNames.map((name) => name.toLowerCase()))
    this.#token = token
    this.#urlLength = urlLength
  }

  /** What is wrong with a request, whoever sends it; null where nothing is. */
  refusal(request: IncomingMessage): Refusal | null {
    const { method = '', url = '', headers } = request
    if (!reading.has(method)) {
      return { status: 405, message: 'This server only shows: GET and HEAD.' }
    }
    if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) {
      return { status: 413, message: 'There is nothing to send here.' }
    }
    if (url.length > this.#urlLength) return { status: 414, message: 'That address is too long.' }
    if (!url.startsWith('/')) return { status: 400, message: 'That is no path.' }
    if (!this.#isOurs(request)) {
      return {
        status: 421,
        message: 'This server does not go by that name; --host-name NAME gives it another one.',
      }
    }
    return comesFromElsewhere(request)
      ? { status: 403, message: 'Pages of other sites may not look in here.' }
      : null
  }

  /** Whether it has the token, where one is wanted. */
  admits({ headers, socket: { localPort } }: IncomingMessage): boolean {
    const token = this.#token
    if (token === null) return true
    const [, bearer] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? []
    const cookie = cookieOf(headers.cookie ?? '', cookieName(localPort))
    return [bearer, cookie].some((text) => text !== undefined && token.is(text))
  }

  /** For whoever comes with the token in the URL: the cookie that stands for it from now on; null for a wrong one. */
  exchange(text: string, localPort: number | undefined): string | null {
    if (this.#token === null || !this.#token.is(text)) return null
    return `${cookieName(localPort)}=${this.#token.text}; Path=/; HttpOnly; SameSite=Strict`
  }

  /** Through a tunnel the port is another one, but an address stands for itself whoever looks it up. */
  #isOurs({ headers, rawHeaders, socket: { localAddress = '' } }: IncomingMessage): boolean {
    const given = rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === 'host')
    const [, name] = /^(\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/.exec(lower(headers.host)) ?? []
    if (given.length !== 1 || name === undefined) return false
    const address = plain(localAddress)
    return (
      name === bracketed(address) ||
      (name === 'localhost' && isLoopback(address)) ||
      this.#names.has(name)
    )
  }
}

/** Browsers say who asks. A link from elsewhere may lead to our page; everything else is for our page alone. */
function comesFromElsewhere({ headers, url }: IncomingMessage): boolean {
  const { origin, host } = headers
  if (origin !== undefined && lower(origin) !== `http://${lower(host)}`) return true
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return false
  return !(headers['sec-fetch-mode'] === 'navigate' && /^\/(\?|$)/.test(url ?? ''))
}

const lower = (text = '') => text.toLowerCase()

/** Cookies do not care for ports: two servers of one machine need two names. */
const cookieName = (port = 0) => `qcom-smem-${port}`

function cookieOf(cookies: string, name: string): string | undefined {
  const pairs = cookies.split(';').map((pair) => pair.trim().split('='))
  return pairs
    .find(([key]) => key === name)
    ?.slice(1)
    .join('=')
}
