// SPDX-License-Identifier: MIT
// The map on the screen, measured in pixels, against what `list` and `partitions` say in JSON.

import assert from 'node:assert/strict'
import { pathToFileURL } from 'node:url'
import type { InfoReport } from '#lib/inspect/info.js'
import type { ListReport } from '#lib/inspect/list.js'
import type { PartitionsReport } from '#lib/inspect/partitions.js'
import { profileNames } from '#lib/testing/profiles.js'
import { drawn, type Page, picture, type TabOptions, until, useChromium } from './chromium.js'
import { useFolder } from './dumps.js'
import { json, run } from './program.js'

interface Mark {
  readonly lane: string
  readonly kind: string
  readonly offset: number
  readonly size: number
  readonly count: number
  /** On the screen, from the left end of the region, pixels. */
  readonly x: number
  readonly width: number
}

interface Drawing {
  /** Bytes at the left end and at the right end. */
  readonly start: number
  readonly end: number
  /** From one to the other, pixels. */
  readonly width: number
  readonly marks: readonly Mark[]
}

/** Each region that is drawn, as it is on the screen. */
async function drawings(page: Page): Promise<Drawing[]> {
  return (await page.evaluate(`
    [...document.querySelectorAll('#map svg.picture')].map((svg) => {
      const { start, end, width } = svg.dataset
      const left = svg.getBoundingClientRect().left - svg.viewBox.baseVal.x
      const marks = [...svg.querySelectorAll('.mark:is([data-lane=structures], [data-lane=contents])')]
      return {
        ...{ start: Number(start), end: Number(end), width: Number(width) },
        marks: marks.map((mark) => {
          const { lane, kind, offset, size, count } = mark.dataset
          const shape = mark.querySelector('rect').getBoundingClientRect()
          return {
            ...{ lane, kind, offset: Number(offset), size: Number(size), count: Number(count) },
            ...{ x: shape.left - left, width: shape.width },
          }
        }),
      }
    })
  `)) as Drawing[]
}

/** What is narrower is drawn as wide, so that it can be seen and pointed at, pixels. */
const NARROW = 7

const lane = ({ marks }: Drawing, name: string) => marks.filter((mark) => mark.lane === name)

/** How far a mark is from where its bytes are, pixels; a narrow one may be shifted by its width. */
function error({ start, end, width }: Drawing, mark: Mark): number {
  const scale = width / (end - start)
  const x = (mark.offset - start) * scale
  const right = x + mark.size * scale
  return Math.max(Math.abs(mark.x - x), Math.abs(mark.x + mark.width - right))
}

describe('the map', () => {
  const chromium = useChromium()
  const place = useFolder()

  before(() => {
    for (const name of profileNames) {
      run(['--source', `fake:${name}`, 'report', '-o', place(`${name}.html`)])
    }
  })

  const open = async (name: string, options?: TabOptions) => {
    const tab = await chromium.open(pathToFileURL(place(`${name}.html`)).href, options)
    await tab.page.locator('#map svg.picture').first().waitFor()
    return tab
  }

  for (const name of profileNames) {
    const source = ['--source', `fake:${name}`]

    it(`of ${name} has every region, and all of it`, async () => {
      const { page, problems } = await open(name)
      const { regions } = json<InfoReport>([...source, 'info'])
      const drawn = await drawings(page)
      assert.deepEqual(
        drawn.map(({ start, end }) => [start, end]),
        regions.map(({ size }) => [0, size]),
      )
      await picture(page, `map-${name}`)
      assert.deepEqual(problems, [])
    })

    it(`of ${name} has each partition where it is, to scale`, async () => {
      const { page } = await open(name)
      const { partitions } = json<PartitionsReport>([...source, 'partitions'])
      const [main] = await drawings(page)
      const structures = lane(main!, 'structures')
      for (const { offset, size } of partitions) {
        const mark = structures.find((each) => each.offset === offset && each.size === size)
        assert.ok(mark, `no mark for the partition at ${offset}`)
        assert.equal(mark.kind, 'partition')
        assert.ok(error(main!, mark) < 2, `it is ${error(main!, mark)} pixels off`)
      }
    })

    it(`of ${name} has every item in a mark, and the marks where they belong`, async () => {
      const { page } = await open(name)
      const { regions } = json<InfoReport>([...source, 'info'])
      const { items } = json<ListReport>([...source, 'list'])
      const drawn = await drawings(page)
      for (const { id, region, offset, size } of items) {
        const drawing = drawn[regions.findIndex(({ base }) => base === region)]!
        const mark = lane(drawing, 'contents').find(
          (each) => each.offset <= offset! && offset! + size! <= each.offset + each.size,
        )
        assert.ok(mark, `no mark has item ${id}`)
      }
      for (const drawing of drawn) {
        const contents = lane(drawing, 'contents')
        for (const [i, mark] of contents.entries()) {
          assert.ok(
            error(drawing, mark) <= NARROW,
            `${mark.kind} is ${error(drawing, mark)} px off`,
          )
          const next = contents[i + 1]
          assert.ok(next === undefined || next.x >= mark.x + mark.width - 0.5, 'marks overlap')
        }
      }
    })
  }

  it('shows the item that is chosen in the table, and chooses the one that is clicked', async () => {
    const { page } = await open('sdm845')
    const { items } = json<ListReport>(['--source', 'fake:sdm845', 'list'])
    const largest = items.toSorted((a, b) => b.size! - a.size!)[0]!
    await page
      .locator(`#map .mark[data-lane=contents][data-offset="${largest.offset}"] rect`)
      .or(page.locator('#map .mark[data-lane=contents][data-kind=item][data-count="1"] rect'))
      .first()
      .click()
    await page.locator('article.item').waitFor()
    await until(page, "location.hash.startsWith('#item=')")
    await page.locator('#map [aria-current="true"]').first().waitFor()
  })

  it('zooms in by its buttons, keeps its scale, and shows all again', async () => {
    const { page } = await open('sdm845', { reducedMotion: 'reduce' })
    const [whole] = await drawings(page)
    await page
      .getByRole('button', { name: /zoom in/i })
      .first()
      .click()
    await until(
      page,
      `document.querySelector('#map svg.picture').dataset.end - document.querySelector('#map svg.picture').dataset.start < ${whole!.end}`,
    )
    await drawn(page)
    const [near] = await drawings(page)
    const inside = lane(near!, 'contents').filter(({ offset, size }) => {
      return offset >= near!.start && offset + size <= near!.end
    })
    for (const mark of inside) assert.ok(error(near!, mark) <= NARROW)
    await page
      .getByRole('button', { name: /^(show )?all|whole/i })
      .first()
      .click()
    await until(
      page,
      `Number(document.querySelector('#map svg.picture').dataset.end) === ${whole!.end}`,
    )
  })

  it('is walked by arrow keys, and opens what has the focus', async () => {
    const { page } = await open('msm8916')
    const stop = page.locator('#map .mark[tabindex="0"]').first()
    await stop.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    const name = await page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert.ok(String(name).length > 3)
    await until(page, "document.activeElement.matches('#map .mark')")
    for (let i = 0; i < 40; i++) {
      if (
        await page.evaluate('document.activeElement.matches(\'[data-kind=item][data-count="1"]\')')
      )
        break
      await page.keyboard.press('ArrowRight')
    }
    await page.keyboard.press('Enter')
    await page.locator('article.item').waitFor()
  })
})
