// SPDX-License-Identifier: MIT
// Physical addresses along the lower edge of a picture.

import { pixelAt, ticks, type View } from './geometry.js'
import { unspoken } from './mark.js'
import { hexadecimal } from './naming.js'
import { rows } from './plan.js'

/** Pixels from one address to the next, at least. */
const APART = 112

/** Of an address, pixels. */
const HALF = 32

interface RulerProps {
  readonly view: View
  readonly width: number
  readonly base: number
}

export function Ruler({ view, width, base }: RulerProps) {
  const { y } = rows.ruler
  return (
    <g class="ruler" {...unspoken}>
      <path class="line" d={`M0 ${y}H${width}`} />
      {ticks(view, width, base, APART).map((address) => {
        const x = pixelAt(view, width, address - base)
        const anchor = x < HALF ? 'start' : x > width - HALF ? 'end' : 'middle'
        return (
          <g key={address}>
            <path class="grid" d={`M${x} ${rows.contents.y}V${y}`} />
            <path class="line" d={`M${x} ${y}v4`} />
            <text x={x} y={y + 15} style={{ textAnchor: anchor }}>
              {hexadecimal(address)}
            </text>
          </g>
        )
      })}
    </g>
  )
}
