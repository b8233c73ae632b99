// SPDX-License-Identifier: MIT
// Shares as bars beside their names, with a line at the whole: what passes it is too much.

import { picture, text } from './plot.js'

export interface Bar {
  readonly name: string
  /** Of what is allowed: 1 is all of it. */
  readonly used: number
}

const LEFT = 440
const WHOLE = 180
const TOP = 44
const STEP = 22
/** A bar that is longer is cut here. */
const MOST = 1.3

export function bars(title: string, rows: readonly Bar[]): string {
  const height = TOP + rows.length * STEP + 16
  return picture(title, height, [
    text(16, 24, title, 'class="title" fill="currentColor"'),
    ...rows.map(({ name, used }, i) => {
      const [y, width] = [TOP + i * STEP, Math.max(1, Math.round(Math.min(used, MOST) * WHOLE))]
      return [
        text(LEFT - 10, y + 13, name, 'fill="currentColor" text-anchor="end"'),
        `<rect class="l${used > 1 ? 1 : 0} dot" x="${LEFT}" y="${y + 2}" width="${width}" height="14" rx="2"/>`,
        text(LEFT + width + 6, y + 13, `${(used * 100).toFixed(0)} %`, 'class="quiet"'),
      ].join('')
    }),
    `<path class="grid" d="M${LEFT + WHOLE} ${TOP - 6}V${height - 12}"/>`,
  ])
}
