// SPDX-License-Identifier: MIT
// Free space and allocations of the last minutes: two charts, and the same in words.

import type uPlot from 'uplot'
import { Chart } from './chart.js'
import { inWords, knownHeaps, type Point } from './series.js'

export function Charts({ points }: { readonly points: readonly Point[] }) {
  const times = points.map(({ time }) => time)
  const heaps = knownHeaps(points)
  const free = heaps.map((heap) => points.map((point) => point.free.get(heap) ?? null))
  return (
    <section class="live-charts" aria-labelledby="live-charts-title">
      <h2 id="live-charts-title">The last minutes</h2>
      <p>{inWords(points)}</p>
      <div class="live-charts-pair">
        <Chart
          title="Free space"
          unit="bytes"
          lines={heaps}
          data={[times, ...free] as uPlot.AlignedData}
        />
        <Chart
          title="Allocations in each second"
          unit="items"
          lines={['items']}
          data={[times, points.map(({ items }) => items)]}
        />
      </div>
    </section>
  )
}
