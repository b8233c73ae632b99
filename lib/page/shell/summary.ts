// SPDX-License-Identifier: MIT
// A page in a line: where it is from and when, its version, how much is in it, and whether that is sound.

import type { PageData } from '../../inspect/page.js'

/** Of what is known, the most telling first. */
export function summaryOf({ info, time, mode, items, omitted }: PageData): string[] {
  const { source, board, version, freeSpace, captured } = info
  const when = captured?.time ?? time
  return [
    ...(board?.model === null || board === null ? [] : [source]),
    ...(board?.soc === null || board === null ? [] : [board.soc]),
    ...(version === null ? [] : [`version ${version.major}.${version.minor}`]),
    `${items.length + omitted} items`,
    ...(freeSpace === null ? [] : [`${sizeText(freeSpace)} free`]),
    ...(mode === 'live' ? [] : [`${captured === null ? 'seen' : 'taken'} ${timeText(when)}`]),
  ]
}

export interface Verdict {
  readonly kind: 'ok' | 'warning' | 'error'
  readonly text: string
}

/** As of `verify`. */
export function verdictOf({ verify: { findings }, problem }: PageData): Verdict {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  const text = [counted(errors, 'error'), counted(warnings, 'warning')].filter(Boolean).join(', ')
  if (errors > 0 || problem !== null) return { kind: 'error', text: text || 'cannot be opened' }
  return warnings > 0 ? { kind: 'warning', text } : { kind: 'ok', text: 'no findings' }
}

/** `12.5 KiB` */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`
  const [unit, name] = bytes < 1024 ** 2 ? [1024, 'KiB'] : [1024 ** 2, 'MiB']
  return `${+(bytes / unit).toFixed(1)} ${name}`
}

/** The same for every reader: UTC, without fractions. */
function timeText(time: string): string {
  return time.replace(/\.\d+Z$/, 'Z').replace(/^(\d{4}-\d\d-\d\d)T(.*)Z$/, '$1 $2 UTC')
}

function counted(count: number, what: string): string {
  return count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`
}
