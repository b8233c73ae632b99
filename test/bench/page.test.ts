// SPDX-License-Identifier: MIT
// The page that a run writes: what it must tell, and pictures that hold together.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { bars } from '../../bench/bars.js'
import type { Result } from '../../bench/contest.js'
import { type Goal, goals } from '../../bench/goals.js'
import { type Machine, machine } from '../../bench/machine.js'
import { page } from '../../bench/page.js'
import { svg } from '../../bench/plot.js'
import { project } from '../../bench/rivals/rivals.js'
import type { Report } from '../../bench/run.js'

const here: Machine = machine()

function result(goal: Goal | null, met: boolean | null, more: Partial<Result> = {}): Result {
  const measured = { unit: 'ns', ours: 20, reference: 10, ratio: 2 } as const
  const judged = goal === null ? null : goal.by === 'ratio' ? 2 : 20
  return { name: 'a thing', against: 'C', ...measured, goal, judged, met, ...more }
}

function report(results: readonly Result[], rivals = here.rivals): Report {
  return {
    schema: 'qcom-smem/bench@2',
    machine: { ...here, rivals },
    rounds: 7,
    chapters: [{ name: 'things', says: 'Things are done.', results }],
    growths: [
      {
        name: 'items',
        says: 'More of them.',
        by: 'items',
        sizes: [1, 10, 100].map((size) => ({
          size,
          results: [
            result(null, null, { ours: size, reference: 3 * size }),
            result(null, null, { ours: size, reference: 5 * size, against: 'a | b' }),
            result(null, null, { ours: size, reference: null, ratio: null, against: 'missing' }),
          ],
        })),
      },
    ],
  }
}

describe('bench page', () => {
  it('says on what machine, and with whom', () => {
    const { text } = page(report([]))
    for (const told of [process.version, 'Linux ', 'C, -O2', 'python3', 'mmap-io', 'devmem']) {
      assert.ok(text.includes(told), told)
    }
  })

  it('names a rival that is missing, and how to get it', () => {
    const python3 = { what: 'python3', version: null, remedy: 'apt-get install python3' }
    const { text } = page(report([], { ...here.rivals, python3 }))
    assert.match(text, /\| python3 \| MISSING: .*apt-get install python3 \|/)
  })

  it('shows goals that are met, and why others are not', () => {
    const { copy, listing } = goals
    const met = page(report([result(listing, true)])).text
    assert.match(
      met,
      /\| listing 512 items again: under 10 us \| a thing \| <= 10 us \| 20 ns \| yes \|/,
    )
    assert.match(met, /Every goal that could be judged is met/)
    const missed = page(report([result(listing, true), result(copy, false)])).text
    assert.match(missed, /\| <= 1\.11x \| 2\.00x \| NO \|/)
    assert.ok(missed.includes(`- ${copy.says}. Missed: ${copy.unmet}.`))
    assert.doesNotMatch(missed, /Every goal/)
  })

  it('draws what grows, and shows the same as a table', () => {
    const { text, pictures } = page(report([]))
    assert.deepEqual([...pictures.keys()], ['goals.svg', 'items-a-thing.svg'])
    assert.match(text, /!\[a thing\]\(items-a-thing\.svg\)/)
    assert.match(text, /\| items \| qcom-smem \| C \| a \\\| b \|/)
    assert.match(text, /\| 10 \| 10 ns \| 30 ns \| 50 ns \|/)
  })
})

describe('bench/README.md', () => {
  it('shows every picture that lies beside it, and no other', () => {
    const text = readFileSync(`${project}bench/README.md`, 'utf8')
    const shown = [...text.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, file]) => file!)
    const there = readdirSync(`${project}bench`).filter((file) => file.endsWith('.svg'))
    assert.deepEqual(shown.toSorted(), there.toSorted())
    assert.ok(shown.length > 0)
  })

  it('has a verdict for every goal', () => {
    const text = readFileSync(`${project}bench/README.md`, 'utf8')
    for (const { says } of Object.values(goals)) {
      const row = text.split('\n').find((line) => line.startsWith(`| ${says} |`))
      assert.match(row ?? '', /\| (yes|NO) \|$/, says)
    }
  })
})

describe('bench bars', () => {
  it('are as long as the share that is used, and cut where it is too much', () => {
    const drawn = bars(
      'use',
      [0.5, 1, 7].map((used) => ({ name: `<${used}>`, used })),
    )
    const widths = [...drawn.matchAll(/ width="(\d+)" height/g)].map(([, width]) => Number(width))
    assert.equal(widths[1], widths[0]! * 2)
    assert.ok(widths[2]! > widths[1]! && widths[2]! < widths[1]! * 2)
    assert.match(drawn, />&#60;7&#62;<.*>700 %</)
    assert.equal(drawn.match(/class="l1 dot"/g)?.length, 1)
  })
})

describe('bench plot', () => {
  const lines = [
    { name: 'one', points: [1, 10, 100].map((x) => [x, x] as const) },
    { name: 'two <&>', points: [1, 10, 100].map((x) => [x, x] as const) },
  ]
  const drawn = svg({ title: 'by size', x: 'size', lines, write: (value) => `${value} ns` })

  it('is a line, its points and its name for each', () => {
    assert.equal(drawn.match(/<path class="line"/g)?.length, 2)
    assert.equal(drawn.match(/<circle/g)?.length, 6)
    assert.match(drawn, />one</)
    assert.match(drawn, />two &#60;&#38;&#62;</)
  })

  it('has decades at its side, sizes below, and names that do not cover each other', () => {
    for (const label of ['1 ns', '10 ns', '100 ns']) assert.ok(drawn.includes(`>${label}<`))
    const heights = [...drawn.matchAll(/y="([\d.]+)" class="name/g)].map(([, y]) => Number(y))
    assert.ok(Math.abs(heights[0]! - heights[1]!) >= 16)
    assert.doesNotMatch(drawn, /NaN|Infinity/)
  })

  it('can show a single point', () => {
    const one = [{ name: 'one', points: [[5, 7] as const] }]
    assert.doesNotMatch(svg({ title: '', x: '', lines: one, write: String }), /NaN|Infinity/)
  })

  it('keeps light and dark pages readable', () => {
    assert.match(drawn, /prefers-color-scheme: dark/)
  })
})
