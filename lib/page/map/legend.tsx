// SPDX-License-Identifier: MIT
// What colours, patterns and signs of the map mean; only those that are on it.

import type { MapRegion, MapSpan } from '../../inspect/page.js'
import { hostColor } from '../shell/palette.js'
import './legend.css'
import { hostName, type Known } from './naming.js'

interface LegendProps {
  readonly regions: readonly MapRegion[]
  readonly hosts: Known['hosts']
  readonly hasErrors: boolean
  readonly hasWarnings: boolean
}

export function Legend({ regions, hosts, hasErrors, hasWarnings }: LegendProps) {
  const spans = regions.flatMap((region) => region.spans)
  const has = (wanted: MapSpan['kind']) => spans.some(({ kind }) => kind === wanted)
  const ids = new Set(
    spans.filter(({ kind }) => kind === 'item' || kind === 'partition').map(({ host }) => host),
  )
  const sorted = [...ids].sort((a, b) => (a ?? -1) - (b ?? -1))
  return (
    <ul class="legend" aria-label="Legend">
      {sorted.map((host) => (
        <li key={host}>
          <svg class="sample" aria-hidden="true" viewBox="0 0 14 14">
            <rect class="host" {...box} style={{ '--mark': hostColor(host) }} />
          </svg>
          {host === null ? 'global' : hostName(host, hosts)}
        </li>
      ))}
      {spans.some(({ kind, side }) => kind === 'item' && side === 'cached') && (
        <li>
          <svg class="sample" aria-hidden="true" viewBox="0 0 14 14">
            <rect class="host" {...box} />
            <path class="cached-line" d="M1 9L9 1M4 13L13 4" />
          </svg>
          cached
        </li>
      )}
      {has('free') && (
        <li>
          <svg class="sample wide" aria-hidden="true" viewBox="0 0 26 14">
            <rect class="free" x="0.5" y="0.5" width="25" height="13" rx="2" />
            <path class="arrow" d="M3 7h7m-3 -3l3 3l-3 3M23 7h-7m3 -3l-3 3l3 3" />
          </svg>
          free, and where heaps grow
        </li>
      )}
      {has('hole') && (
        <li>
          <svg class="sample" aria-hidden="true" viewBox="0 0 14 14">
            <rect class="hole" {...box} />
            <path class="hole-line" d="M1 1L13 13M13 1L1 13M1 7L7 1M13 7L7 13M1 7L7 13M13 7L7 1" />
          </svg>
          not to be touched, or missing
        </li>
      )}
      {hasErrors && (
        <li>
          <svg class="sample is-error" aria-hidden="true" viewBox="0 0 14 14">
            <path class="sign" d="M7 0.5L13.5 7L7 13.5L0.5 7Z" />
          </svg>
          error
        </li>
      )}
      {hasWarnings && (
        <li>
          <svg class="sample is-warning" aria-hidden="true" viewBox="0 0 14 14">
            <path class="sign" d="M7 1L13.5 13H0.5Z" />
          </svg>
          warning
        </li>
      )}
      {has('item') && (
        <li>
          <span class="count">×3</span> several too small to be drawn apart
        </li>
      )}
    </ul>
  )
}

const box = { x: 0.5, y: 0.5, width: 13, height: 13, rx: 2 }
