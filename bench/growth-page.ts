// SPDX-License-Identifier: MIT
// What grows, on the page: a picture and a table for each thing that was done at every size.

import { type Line, svg } from './plot.js'
import type { GrowthReport, SizeReport } from './run.js'
import { amount, markdown } from './table.js'

export function growthText(growth: GrowthReport): string {
  return pictures(growth)
    .map(({ name, file, rows, lines }) => {
      const table = markdown(rows, [
        { title: growth.by, align: 'right', cell: ({ size }) => String(size) },
        ...lines.map((line, i) => ({
          title: line.name,
          align: 'right' as const,
          cell: ({ cells }: Row) => cells[i]!,
        })),
      ])
      return `![${name}](${file})\n\n${table}`
    })
    .join('\n')
}

interface Row {
  readonly size: number
  readonly cells: readonly string[]
}

export interface Picture {
  readonly name: string
  readonly file: string
  readonly picture: string
  readonly lines: readonly Line[]
  readonly rows: readonly Row[]
}

export function pictures({ name: growth, by, sizes }: GrowthReport): Picture[] {
  const names = [...new Set(sizes.flatMap(({ results }) => results.map(({ name }) => name)))]
  return names.map((name) => {
    const at = sizes.map(({ size, results }) => ({
      size,
      results: results.filter((result) => result.name === name),
    }))
    const lines = linesOf(at)
    const write = (value: number) => amount(value, 'ns')
    return {
      name,
      file: `${growth}-${slug(name)}.svg`,
      picture: svg({ title: `${name}: time by ${by}`, x: by, lines, write }),
      lines,
      rows: at.map(({ size }) => ({
        size,
        cells: lines.map(({ points }) => write(points.find(([x]) => x === size)![1])),
      })),
    }
  })
}

/** Ours, as it was against the first rival; then every rival that is here. */
function linesOf(at: readonly SizeReport[]): Line[] {
  const ours = at.map(({ size, results }) => [size, results[0]!.ours] as const)
  const rivals = at[0]!.results.filter(({ reference }) => reference !== null)
  return [
    { name: 'qcom-smem', points: ours },
    ...rivals.map(({ against }) => ({
      name: against,
      points: at.map(({ size, results }) => {
        return [size, results.find((result) => result.against === against)!.reference!] as const
      }),
    })),
  ]
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
