// SPDX-License-Identifier: MIT
// Lines over logarithmic axes, as an SVG that is readable on light and on dark pages. Each line carries its name at
// its end: no legend, and colour is not needed to tell them apart.

export interface Plot {
  readonly title: string
  readonly x: string
  readonly lines: readonly Line[]
  /** How a value is written at the axis. */
  write(value: number): string
}

export interface Line {
  readonly name: string
  readonly points: readonly Point[]
}

export type Point = readonly [x: number, y: number]

/** Of every picture. */
const WIDTH = 720
const HEIGHT = 360
const LEFT = 70
const RIGHT = 190
const TOP = 44
const BOTTOM = 48
/** Between the names at the ends. */
const LINE_HEIGHT = 16

/** Colours and type of every picture. */
const STYLE = `
  svg { color: #1f2328; background: #fff; font: 13px system-ui, sans-serif }
  .grid { stroke: #d1d9e0 } .quiet { fill: #59636e } .title { font-weight: 600 }
  .l0 { color: #0b5cad } .l1 { color: #b35900 } .l2 { color: #5b7f00 } .l3 { color: #8a3fb0 }
  .line { fill: none; stroke: currentColor; stroke-width: 2 } .name, .dot { fill: currentColor }
  @media (prefers-color-scheme: dark) {
    svg { color: #f0f6fc; background: #0d1117 }
    .grid { stroke: #3d444d } .quiet { fill: #9198a1 }
    .l0 { color: #58a6ff } .l1 { color: #f0883e } .l2 { color: #a5c94a } .l3 { color: #d2a8ff }
  }`
const HUES = 4

export function svg({ title, x, lines, write }: Plot): string {
  const points = lines.flatMap(({ points }) => points)
  const across = axis(points.map(([x]) => x))
  const up = axis(
    points.map(([, y]) => y),
    10,
  )
  const at = ([x, y]: Point): Point => [
    LEFT + across.place(x) * (WIDTH - LEFT - RIGHT),
    HEIGHT - BOTTOM - up.place(y) * (HEIGHT - TOP - BOTTOM),
  ]
  const [right, bottom] = [WIDTH - RIGHT, HEIGHT - BOTTOM]
  const columns = [...new Set(points.map(([x]) => x))].sort((a, b) => a - b)
  return picture(title, HEIGHT, [
    text(LEFT, TOP - 22, title, 'class="title" fill="currentColor"'),
    ...up.decades.flatMap((value) => {
      const y = at([across.least, value])[1]
      return [
        `<path class="grid" d="M${LEFT} ${round(y)}H${right}"/>`,
        text(LEFT - 8, y + 4, write(value), 'class="quiet" text-anchor="end"'),
      ]
    }),
    ...columns.map((value) => {
      const place = at([value, up.least])[0]
      return text(place, bottom + 20, String(value), 'class="quiet" text-anchor="middle"')
    }),
    text((LEFT + right) / 2, bottom + 40, x, 'class="quiet" text-anchor="middle"'),
    // The first comes last: on top of the others.
    ...lines.map(({ points }, i) => drawn(points.map(at), i)).toReversed(),
    ...names(lines.map(({ name, points }, i) => ({ name, i, y: at(points.at(-1)!)[1] }))).map(
      ({ name, i, y }) => text(right + 10, y + 4, name, `class="name l${i % HUES}"`),
    ),
  ])
}

/** The parts of a picture, in the frame that all share. */
export function picture(title: string, height: number, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${STYLE}\n</style>`,
    ...parts,
    '</svg>\n',
  ].join('\n')
}

/** From the least to the most of some values; with `base`, from one power of it to another. */
function axis(values: readonly number[], base?: number) {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const power = (value: number, rounded: (value: number) => number) =>
    base === undefined ? value : base ** rounded(Math.log10(value) / Math.log10(base))
  const [least, most] = [power(low, Math.floor), power(high, Math.ceil)]
  const span = Math.log(most / least) || 1
  const decades: number[] = []
  for (let value = least; value <= most * 1.001; value *= 10) decades.push(value)
  return { least, decades, place: (value: number) => Math.log(value / least) / span }
}

function drawn(points: readonly Point[], i: number): string {
  const path = points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')
  const dots = points.map(
    ([x, y]) => `<circle class="dot" cx="${round(x)}" cy="${round(y)}" r="3"/>`,
  )
  return `<g class="l${i % HUES}"><path class="line" d="M${path}"/>${dots.join('')}</g>`
}

/** Moved apart where two lines end side by side. */
function names<Name extends { y: number }>(wanted: readonly Name[]): Name[] {
  const sorted = wanted.toSorted((a, b) => a.y - b.y)
  for (let i = 1; i < sorted.length; i++) {
    const y = Math.max(sorted[i]!.y, sorted[i - 1]!.y + LINE_HEIGHT)
    sorted[i] = { ...sorted[i]!, y }
  }
  return sorted
}

export function text(x: number, y: number, words: string, attributes: string): string {
  return `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escaped(words)}</text>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function escaped(words: string): string {
  return words.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
