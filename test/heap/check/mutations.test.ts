// SPDX-License-Identifier: MIT
// Images with every kind of damage: a run over them ends, never throws, and says something wherever a
// listing shows an error or the heap does not open at all.

import assert from 'node:assert/strict'
import fc from 'fast-check'
import { SmemError } from '#lib/errors.js'
import { checkHeap, checks } from '#lib/heap/check/checks.js'
import type { Finding } from '#lib/heap/check/finding.js'
import { Heap } from '#lib/heap/heap.js'
import type { Regions } from '#lib/heap/region.js'
import { BytesPort } from '#lib/port/bytes.js'
import { damage, described, spoil } from '../../property/mutator.js'
import type { Image } from '../../property/reader.js'
import { shape, write } from '../../property/writer.js'

const seed = Number(process.env.QCOM_SMEM_SEED ?? 3_10)
const names = new Set(checks.map(({ name }) => name))
const seen = new Set<string>()

describe('the checks on spoiled images', function () {
  this.timeout(120_000)

  for (const major of [11, 12] as const) {
    for (const kind of Object.keys(damage) as (keyof typeof damage)[]) {
      it(`never fail on version ${major} with ${kind}, and miss no error of a listing`, () => {
        const property = fc.property(shape(major), damage[kind], (plan, steps) => {
          const image = write(plan)
          try {
            judge(spoil(image, steps))
          } catch (error) {
            const done = JSON.stringify(described(image, steps))
            throw new Error(`after ${done}: ${(error as Error).message}`, { cause: error })
          }
        })
        fc.assert(property, { numRuns: 250, seed })
      })
    }
  }

  it('never fail on noise', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 0x4000, size: 'max' }), (bytes) => {
      judge({ bytes, base: 0x86300000, aux: [], localHost: 0 })
    })
    fc.assert(property, { numRuns: 100, seed })
  })

  it('have fired, nearly all of them', () => {
    assert.ok(seen.size > checks.length * 0.8, [...names].filter((name) => !seen.has(name)).join())
  })
})

function judge({ bytes, base, aux, localHost }: Image): void {
  const regions: Regions = [
    { kind: 'main', port: new CountedPort(bytes, { base }) },
    ...aux.map((region) => ({
      kind: 'aux' as const,
      port: new BytesPort(region.bytes, { base: region.base }),
    })),
  ]
  for (const foreign of [false, true]) {
    const findings = checkHeap(regions, { localHost, foreign })
    for (const { check, message, address, item, host } of findings) {
      seen.add(check)
      assert.ok(names.has(check))
      assert.doesNotMatch(message, /NaN|undefined|null|Infinity/)
      for (const value of [address, item, host]) assert.ok(value === null || value >= 0)
    }
    const errors = findings.filter(({ severity }) => severity === 'error')
    noticed(regions, { localHost, foreign }, errors)
  }
}

/** Whatever a listing shows as broken has a finding, of the same host. */
function noticed(
  regions: Regions,
  view: { localHost: number; foreign: boolean },
  errors: readonly Finding[],
): void {
  const heap = opened(regions, view)
  if (heap === null) {
    assert.ok(errors.length > 0, 'the heap does not open, and no check says why')
    return
  }
  for (const { id, host, error } of heap.items()) {
    if (error === null) continue
    const told = errors.some((finding) => finding.host === host && (finding.item ?? id) === id)
    assert.ok(told, `item ${id} of host ${host} is listed with "${error.message}"`)
  }
  for (const { entry, error } of heap.partitions()) {
    if (error === null || Math.max(entry.host0, entry.host1) >= 0xfffd) continue
    const address = regions[0].port.base + entry.offset
    const told = errors.some((finding) => near(finding.address, address))
    assert.ok(told, `the partition at ${address} is shown with "${error.message}"`)
  }
}

function opened(regions: Regions, view: { localHost: number; foreign: boolean }): Heap | null {
  try {
    return new Heap(regions, view)
  } catch (error) {
    assert.ok(error instanceof SmemError)
    return null
  }
}

/** Findings about a partition header point into it. */
function near(address: number | null, start: number): boolean {
  return address !== null && address >= start && address < start + 0x20
}

/** Each run may read what fits into the image a few times over, and no more. */
class CountedPort extends BytesPort {
  #left = 10_000 + 20 * this.size

  override readWords(offset: number, into: Uint32Array): void {
    this.#left -= into.length
    assert.ok(this.#left > 0, 'the checks read on and on')
    super.readWords(offset, into)
  }
}
