// SPDX-License-Identifier: MIT
// A chart over time, drawn by uPlot on a canvas. It is a picture only: what it shows stands beside it in words.

import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { wholeSteps } from './series.js'

export interface ChartProps {
  readonly title: string
  readonly unit: string
  /** Names of the lines, in the order of `data`. */
  readonly lines: readonly string[]
  /** Seconds, then the values of each line. */
  readonly data: uPlot.AlignedData
}

const HEIGHT = 130
/** As in live.css. Colour alone tells nobody which line it is. */
const dashes = [[], [8, 4], [2, 3]]
const LINES = 6

export function Chart({ title, unit, lines, data }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const names = lines.join('\n')
  useEffect(() => {
    const place = frame.current!
    const draw = () => {
      plot.current?.destroy()
      const size = { width: Math.max(place.clientWidth, 120), height: HEIGHT }
      plot.current = new uPlot({ ...size, ...options(place, lines, unit) }, data, place)
    }
    draw()
    const resized = new ResizeObserver(() =>
      plot.current?.setSize({ width: Math.max(place.clientWidth, 120), height: HEIGHT }),
    )
    resized.observe(place)
    // The canvas takes its colours once.
    const themed = new MutationObserver(draw)
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const scheme = window.matchMedia('(prefers-color-scheme: dark)')
    scheme.addEventListener('change', draw)
    return () => {
      resized.disconnect()
      themed.disconnect()
      scheme.removeEventListener('change', draw)
      plot.current?.destroy()
      plot.current = null
    }
  }, [names, unit])
  useEffect(() => plot.current?.setData(data), [data])
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <ul class="chart-legend" hidden={lines.length < 2}>
        {lines.map((line, index) => (
          <li key={line} class={`line-${index % LINES}`}>
            {line}
          </li>
        ))}
      </ul>
      <div ref={frame} class="chart-frame" aria-hidden="true" />
    </figure>
  )
}

function options(place: HTMLElement, lines: readonly string[], unit: string) {
  // Colours are pairs for light and dark, that only an element resolves.
  const entries = place.parentElement!.querySelectorAll('li')
  const { color, borderTopColor } = getComputedStyle(place)
  const axis = { stroke: color, grid: { stroke: borderTopColor } }
  return {
    cursor: { show: false },
    legend: { show: false },
    scales: { y: { range: fromZero } },
    axes: [
      { ...axis, space: 80, values: clocks },
      { ...axis, size: 70, label: unit, incrs: [...wholeSteps] },
    ],
    series: [
      {},
      ...lines.map((label, index) => ({
        label,
        stroke: getComputedStyle(entries[index]!, '::before').borderTopColor,
        width: 2,
        dash: dashes[index % dashes.length]!,
        points: { show: false },
      })),
    ],
  }
}

function fromZero(_: uPlot, __: number | null, most: number | null): [number, number] {
  return [0, most || 1]
}

function clocks(_: uPlot, seconds: number[]): string[] {
  return seconds.map((second) => new Date(second * 1000).toLocaleTimeString('en-GB'))
}
