// SPDX-License-Identifier: MIT
// Free space and allocations of the last minutes: two charts, and the same in words.

import type uPlot from 'uplot'
import { Chart } from './chart.js'
import { inWords, knownHeaps, type Point } from './series.js'

/** Of what is shown, seconds: a chart that has just begun is not one of years. */
const SHORTEST = 60

export function Charts({ points }: { readonly points: readonly Point[] }) {
  const heaps = knownHeaps(points)
  const free = heaps.map((heap) => points.map((point) => point.free.get(heap) ?? null))
  return (
    <section class="live-charts" aria-labelledby="live-charts-title">
      <h2 id="live-charts-title">The last minutes</h2>
      <p>{inWords(points)}</p>
      <div class="live-charts-pair">
        <Chart title="Free space" unit="bytes" lines={heaps} data={drawn(points, free)} />
        <Chart
          title="Allocations in each second"
          unit="items"
          lines={['items']}
          data={drawn(points, [points.map(({ items }) => items)])}
        />
      </div>
    </section>
  )
}

function drawn(
  points: readonly Point[],
  lines: readonly (readonly (number | null)[])[],
): uPlot.AlignedData {
  const times = points.map(({ time }) => time)
  const [first, last] = [times[0], times.at(-1)]
  if (first === undefined || last === undefined || last - first >= SHORTEST) {
    return [times, ...lines] as uPlot.AlignedData
  }
  const before = lines.map((line) => [null, ...line])
  return [[last - SHORTEST, ...times], ...before] as uPlot.AlignedData
}
