// SPDX-License-Identifier: MIT
// An event of a watch as one line of text.

import { hostName } from '../../data/hosts.js'
import { itemName } from '../../data/item-names.js'
import type { Scalar } from '../../items/flatten.js'
import type { WatchEvent } from '../../smem/watch/event.js'
import { printable } from './style.js'

/** So many of the fields that differ. */
const MOST = 8
const LONGEST = 60

/** `12:34:56.789  changed  435 SMEM_SMP2P_MODEM_BASE modem  entries[0].value 1 -> 2`. */
export function eventText(event: WatchEvent): string {
  const { time, kind, id, host, error } = event
  const clock = `${time.toTimeString().slice(0, 8)}.${String(time.getMilliseconds()).padStart(3, '0')}`
  const place = host === null ? 'global' : (hostName(host) ?? `host ${host}`)
  const what = id === null ? place : `${id} ${itemName(id) ?? '-'} ${place}`
  const told = error === null ? detail(event) : printable(error.message)
  return [clock, kind.padEnd(7), what, told].filter((part) => part !== '').join('  ')
}

function detail({ kind, item, fields, words, bytes }: WatchEvent): string {
  if (kind === 'item') return `${item!.size} bytes`
  const changes =
    fields?.map(({ path, before, after }) => {
      return `${printable(path)} ${scalarText(before)} -> ${scalarText(after)}`
    }) ??
    words?.map(({ offset, before, after }) => {
      return `+0x${offset.toString(16)} ${hexWord(before)} -> ${hexWord(after)}`
    })
  if (changes === undefined) return ''
  if (changes.length === 0) return bytes === null ? '' : `${bytes.count} bytes that mean nothing`
  const more = changes.length > MOST ? [`${changes.length - MOST} more`] : []
  return [...changes.slice(0, MOST), ...more].join(', ')
}

export function scalarText(value: Scalar): string {
  if (typeof value !== 'string') return String(value)
  const text = JSON.stringify(value)
  return printable(text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}..."` : text)
}

function hexWord(word: number): string {
  return `0x${word.toString(16).padStart(8, '0')}`
}
