// SPDX-License-Identifier: MIT
// What a person sees of a watch: rates, changes, and what the heaps have left.

import assert from 'node:assert/strict'
import { watchLines } from '#lib/cli/render/screen-watch.js'
import { styleFor } from '#lib/cli/render/style.js'
import { Smem } from '#lib/index.js'
import { WatchBoard } from '#lib/inspect/watch/board.js'
import { Rate } from '#lib/inspect/watch/rate.js'
import { COUNTER, imageOf, MODEM, MODEM_COUNTER, PLAIN, WatchedSoc } from '../smem/watched.js'

const START = 1_000_000
const modem = [{ id: MODEM_COUNTER, size: 8 }]

describe('a rate', () => {
  it('is per second, over the last ten', () => {
    const rate = new Rate(START)
    for (let i = 0; i < 100; i++) rate.add(1, START + i * 50)
    assert.equal(rate.perSecond(START + 5000), 20)
    assert.ok(Math.abs(rate.perSecond(START + 9999) - 10) < 0.1)
    assert.equal(rate.perSecond(START + 20_000), 0)
  })

  it('takes a single event for one a second at most', () => {
    const rate = new Rate(START)
    rate.add(1, START)
    assert.equal(rate.perSecond(START), 1)
    assert.equal(rate.perSecond(START + 100), 1)
  })

  it('counts on where a clock is set back', () => {
    const rate = new Rate(START)
    rate.add(3, START)
    rate.add(3, START - 60_000)
    assert.equal(rate.perSecond(START + 500), 6)
  })
})

describe('the board of a watch', () => {
  function boardOf(watched: WatchedSoc, allFields: boolean) {
    const sampler = watched.smem.sampler()
    const board = new WatchBoard(sampler, allFields)
    let now = START
    const sample = () => {
      const time = new Date(now)
      board.take(sampler.sample(time), time)
      now += 1000
    }
    sample()
    return { board, sample, sampler }
  }
  const row = (board: WatchBoard, id: number) => board.rows.find(({ item }) => item.id === id)!

  it('has every item in its place, and counts what changes', () => {
    using watched = new WatchedSoc(imageOf(12, modem))
    const { board, sample } = boardOf(watched, false)
    assert.deepEqual(
      board.rows.map(({ item, changes, fields }) => [item.id, item.host, changes, fields.size]),
      [
        [COUNTER, null, 0, 0],
        [PLAIN, null, 0, 0],
        [MODEM_COUNTER, MODEM, 0, 0],
      ],
    )
    for (const value of [2, 3]) {
      watched.poke(COUNTER, 0, value, 0)
      watched.poke(PLAIN, 8, value, 0)
      sample()
    }
    const counted = row(board, COUNTER)
    assert.deepEqual([counted.changes, counted.changed], [2, START + 2000])
    assert.equal(counted.rate(START + 2000), 1)
    assert.deepEqual(
      [...counted.fields.values()],
      [{ path: 'count', value: 3, before: 2, changed: START + 2000 }],
    )
    assert.deepEqual([...row(board, PLAIN).fields.keys()], ['+0x8'])
  })

  it('shows all fields where it is told to', () => {
    using watched = new WatchedSoc(imageOf(12, modem))
    const { board } = boardOf(watched, true)
    assert.deepEqual([...row(board, COUNTER).fields.keys()], ['count', 'limit'])
  })

  it('tells what is left in each heap, and how fast it goes', () => {
    using watched = new WatchedSoc(imageOf(12, modem))
    using writer = Smem.open({ source: `fake:${watched.soc.path}`, writable: true })
    const { board, sample } = boardOf(watched, false)
    const [before] = board.spaces
    writer.alloc(310, 112)
    sample()
    const [global, modems] = board.spaces
    assert.deepEqual([global!.host, before!.free - global!.free], [null, 128])
    assert.equal(global!.rate, 128)
    assert.deepEqual([modems!.host, modems!.rate], [MODEM, 0])
  })

  it('keeps items that are gone, and what they were', () => {
    using watched = new WatchedSoc(imageOf(12, modem))
    const { board, sample } = boardOf(watched, false)
    const { offset, size } = watched.partition(1)
    watched.become(imageOf(12, []), offset, size)
    sample()
    assert.ok(row(board, MODEM_COUNTER).gone)
    assert.deepEqual(
      board.notes.map(({ kind, host }) => [kind, host]),
      [['reset', MODEM]],
    )
    watched.become(watched.image, offset, size)
    sample()
    assert.ok(!row(board, MODEM_COUNTER).gone)
    assert.equal(row(board, MODEM_COUNTER).changes, 2)
  })

  it('is drawn as lines that fit, what has changed first', () => {
    using watched = new WatchedSoc(imageOf(12, modem))
    const { board, sample } = boardOf(watched, true)
    const scene = { source: 'fake', interval: 1000, samples: 2 }
    const style = styleFor(false, {})
    const text = (rows: number) =>
      watchLines(board, scene, { columns: 80, rows }, style).map((line) =>
        line.map(([part]) => part).join(''),
      )
    assert.equal(text(40).filter((line) => line.includes('more lines')).length, 0)
    watched.poke(MODEM_COUNTER, 4, 9, 1)
    sample()
    const few = text(7)
    assert.equal(few.length, 7)
    assert.match(few[4]!, /^\* 302 .* modem +8 +1 +1\.0 +0 s ago$/)
    assert.equal(few[5], '*     limit: 9  was 0')
    assert.match(few[6]!, /^\.\.\. 5 more lines$/)
  })
})
