// SPDX-License-Identifier: MIT
// Word access to Device memory: reads of any offset and length come out right through our port, where
// libc's memcpy dies. The control has to die, or this emulator would prove nothing.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { Step } from './boot.js'
import type { HostView } from './host.js'
import { type Image, ODD_ITEM } from './image.js'
import { INSTALLED } from './initramfs.js'
import type { Ledger } from './ledger.js'
import { CARVE_OUT, hex } from './machine.js'
import type { Part, Seen } from './scenario.js'

/** Exit code of a shell whose command was ended by SIGBUS. */
const BUS_ERROR = 128 + 7
const CONTROL = { offset: 1, length: 33 }
const ALIGNED_LENGTH = 256

export function bulkPart(image: Image, host: HostView): Part {
  return {
    steps: steps(image),
    check: (ledger, seen) => check(ledger, seen, image, host.carveOut),
  }
}

function steps(image: Image): Step[] {
  const at = hex(CARVE_OUT.base + oddItem(image).offset)
  const carveOut = `${CARVE_OUT.base} ${CARVE_OUT.size}`
  const bulk = `node ${INSTALLED}/board/bulk.js ${carveOut} ${ranges(image).map(asText).join(' ')}`
  return [
    { name: 'control-words', command: `memory words ${at} ${ALIGNED_LENGTH}` },
    { name: 'control-copy', command: `memory copy ${at} ${CONTROL.offset} ${CONTROL.length}` },
    { name: 'bulk', command: bulk },
  ]
}

async function check(ledger: Ledger, seen: Seen, image: Image, carveOut: Buffer | null) {
  await ledger.check('control: aligned words of the mapping can be loaded', () => {
    const expected = ODD_ITEM.bytes.subarray(0, ALIGNED_LENGTH).toString('hex')
    assert.equal(seen.output('control-words').trim(), expected)
  })
  await ledger.check('control: memcpy of odd offset and length dies of SIGBUS', () => {
    const { status, out } = seen.result('control-copy')
    assert.deepEqual([status, out], [BUS_ERROR, ''])
    return `${CONTROL.length} bytes at offset ${CONTROL.offset}: exit code ${status}`
  })
  await ledger.check('our port reads any offset and length of it', () => {
    assert.ok(carveOut, 'the host has not seen the memory')
    const expected = ranges(image).map((range) => {
      const bytes = carveOut.subarray(range.offset, range.offset + range.length)
      return `${asText(range)} ${createHash('sha256').update(bytes).digest('hex')}`
    })
    assert.deepEqual(seen.output('bulk').trim().split('\n'), expected)
    return `${expected.length} ranges, the longest ${CARVE_OUT.size - 3} bytes at offset 1`
  })
}

interface Span {
  readonly offset: number
  readonly length: number
}

/** Around the odd item, so that shifted bytes show; then all of the carve-out but its first and last. */
function ranges(image: Image): Span[] {
  const { offset } = oddItem(image)
  const odd = [0, 1, 2, 3, 5].flatMap((skip) =>
    [1, 3, 33, 255, ODD_ITEM.bytes.length].map((length) => ({ offset: offset + skip, length })),
  )
  return [...odd, { offset: 1, length: CARVE_OUT.size - 3 }]
}

function asText({ offset, length }: Span): string {
  return `${offset}+${length}`
}

function oddItem(image: Image): Span {
  const item = image.placed.find(({ id }) => id === ODD_ITEM.id)
  assert.ok(item)
  return { offset: item.offset, length: item.size }
}
