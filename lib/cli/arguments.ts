// SPDX-License-Identifier: MIT
// What people type, as values: items and hosts by number or name, addresses, sizes.

import { hostByName } from '../data/hosts.js'
import { itemByName, itemNames } from '../data/item-names.js'
import { nearest } from '../data/nearest.js'
import { SmemError } from '../errors.js'

/** Decimal or `0x` hexadecimal, nothing around it; null for anything else. */
export function parseNumber(text: string): number | null {
  return /^(0x[0-9a-f]+|[0-9]+)$/i.test(text) ? Number(text) : null
}

/** @throws SmemError EINVAL for a name that no item has, with the nearest one that does */
export function parseItem(text: string): number {
  const id = parseNumber(text) ?? itemByName(text)
  if (id !== null) return id
  const similar = nearest(text.toUpperCase().replace(/^SMEM_/, ''), bareNames())
  throw usage(
    `there is no item "${text}"`,
    similar === null
      ? 'an item is a number, 0x number, or a name such as HW_SW_BUILD_ID'
      : `did you mean ${similar}?`,
  )
}

export function parseHost(text: string): number {
  const id = parseNumber(text) ?? hostByName(text)
  if (id !== null && id <= 0xffff) return id
  throw usage(`there is no host "${text}"`, 'a host is a number or a name such as modem or adsp')
}

const units: Record<string, number> = { k: 2 ** 10, m: 2 ** 20 }

/** Bytes: a number, with K or M behind it for KiB and MiB. */
export function parseSize(text: string): number {
  const [, digits = '', unit = ''] = /^(.*?)([km]?)$/i.exec(text) ?? []
  const count = parseNumber(digits)
  if (count !== null) return count * (units[unit.toLowerCase()] ?? 1)
  throw usage(`"${text}" is no size`, 'a size is a number of bytes such as 4096, 0x1000 or 4K')
}

export function parseAddress(text: string, option: string): number {
  const address = parseNumber(text)
  if (address !== null) return address
  throw usage(`${option} "${text}" is no address`, 'an address is a number such as 0x86000000')
}

/** `ADDR=PATH`, as `option` takes it. */
export function parsePlaced(text: string, option: string): { base: number; path: string } {
  const equals = text.indexOf('=')
  if (equals < 1 || equals === text.length - 1) {
    throw usage(`${option} "${text}" is not ADDR=PATH`, `for example ${option} 0x00060000=rpm.bin`)
  }
  return { base: parseAddress(text.slice(0, equals), option), path: text.slice(equals + 1) }
}

/** What follows a bare `--` is somebody else's. */
export function beforeDashes(args: readonly string[]): readonly string[] {
  const dashes = args.indexOf('--')
  return dashes < 0 ? args : args.slice(0, dashes)
}

/** How many there are of those. */
export function countBehindDashes(args: readonly string[]): number {
  return Math.max(0, args.length - beforeDashes(args).length - 1)
}

/** What the user can mend by writing something else. */
export function usage(message: string, hint?: string): SmemError {
  return new SmemError('EINVAL', message, { origin: 'input', hint })
}

function bareNames(): string[] {
  return itemNames().map((name) => name.replace(/^SMEM_/, ''))
}
