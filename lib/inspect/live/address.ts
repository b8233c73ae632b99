// SPDX-License-Identifier: MIT
// Where the live server listens, as people write it and as browsers ask for it.

import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { SmemError } from '../../errors.js'

export interface Address {
  /** An IP address. */
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
}

export const defaultAddress: Address = { host: '127.0.0.1', port: 8787 }

/** `ADDR:PORT`, `ADDR`, `PORT`; an IPv6 address with a port in brackets. @throws SmemError EINVAL */
export function parseAddress(text: string): Address {
  const found = /^(?:\[([^\]]+)\]|([^:]*))(?::(\d+))?$/.exec(text)
  const [, v6, name, digits] = found ?? []
  const isPort = v6 === undefined && digits === undefined && /^\d+$/.test(name ?? '')
  const host = isPort ? defaultAddress.host : (v6 ?? (found === null ? text : name!))
  const port = Number((isPort ? name : digits) ?? defaultAddress.port)
  const address = { host: host === 'localhost' ? defaultAddress.host : host, port }
  if (isIP(address.host) !== 0 && port <= 0xffff) return address
  throw new SmemError('EINVAL', `"${text}" is no address to listen on`, {
    origin: 'input',
    hint: 'for example 127.0.0.1:8787, 0.0.0.0:8787, [::1]:8787; port 0 is any that is free',
  })
}

/** Only this machine gets there. */
export function isLoopback(host: string): boolean {
  return plain(host) === '::1' || /^127\./.test(plain(host))
}

/** An IPv4 address may be told as an IPv6 one. */
export function plain(host: string): string {
  return host.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase()
}

/** As in a URL. */
export function bracketed(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host
}

/** Under which a server that listens on `host` is reached. */
export function reachable(host: string): string {
  const every: Readonly<Record<string, string>> = { '0.0.0.0': 'IPv4', '::': '' }
  const family = every[host]
  if (family === undefined) return host
  const known = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  const outside = known.find((one) => !one.internal && (one.family === 'IPv4' || family === ''))
  return outside?.address ?? defaultAddress.host
}
