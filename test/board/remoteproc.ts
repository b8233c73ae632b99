// SPDX-License-Identifier: MIT
// A remote processor under the kernel's own management: its remoteproc driver starts the core, waits for `ready`,
// asks it to stop by a bit of an smp2p entry, and takes the reason of a crash out of SMEM. The host plays the core.
// So the kernel writes words of its own, which the library decodes, and reads a text that the library decodes too.

import assert from 'node:assert/strict'
import { Decoders } from '#lib/items/decoders.js'
import type { Meeting, RamFile } from './boot.js'
import { REMOTEPROC } from './cache.js'
import type { Image } from './image.js'
import { loaded } from './kernel.js'
import type { Shown } from './library.js'
import { FIRMWARE, HEXAGON, HEXAGON_BUS, HEXAGON_POWER, type Range } from './machine.js'
import type { Files } from './newc.js'
import { cli, type Part } from './scenario.js'
import { readSmp2p, SMP2P_SIZE } from './smp2p.js'
import { find, lastOf, STARTED, says, utter } from './talk.js'
import { SMP2P } from './tree.js'

/** The kernel's log has it in quotes of its own. */
export const CRASH_REASON = 421
const REASON = 'err_qdi.c:1017:EF:wcss:0x1:PLAYED_BY_THE_HOST'

/** Where the item is; empty until there is a reason. */
export function noCrash(): Buffer {
  return Buffer.alloc(128)
}

const CONTROL = '/sys/class/remoteproc/remoteproc0'

/** The core's clock is switched on last but one, and off first: where it is, and the bit. */
const CLOCK = { base: HEXAGON.base + 0x20, on: '02000000' }
/** That the power of the core's memory is there, and that the bus has come to rest. */
const SWITCHED: Range = { base: HEXAGON_POWER.base + 0xc, size: 4 }
const BUS_IDLE: Range = { base: HEXAGON_BUS.base + 0x108, size: 4 }

const TRACE = '/sys/kernel/tracing/trace'
const STOP = 1 << STARTED.stopBit

/** What falls when the core says nothing more. */
const SILENCE = (1 << STARTED.bits.ready) | (1 << STARTED.bits['stop-ack'])

const waitFor = (condition: string) => `until ${condition}; do sleep 0.05; done`
const waitForState = (state: string) => waitFor(`grep -q ${state} ${CONTROL}/state`)
const waitForWord = (address: number, words: string) =>
  waitFor(`[ "$(memory words ${address} 4)" = ${words} ]`)

/** A program of one segment that is all zero. */
export function firmware(): Files {
  const elf = Buffer.alloc(52 + 32)
  elf.write('\x7fELF\x01\x01\x01', 'latin1')
  const header: readonly [at: number, value: number][] = [
    [0x10, 0x00a40002], // an executable for Hexagon
    [0x14, 1],
    [0x18, FIRMWARE.base],
    [0x1c, 52],
    [0x28, 52],
    [0x2a, 32],
    [0x2c, 1],
  ]
  for (const [at, value] of header) {
    if (at < 0x28) elf.writeUInt32LE(value, at)
    else elf.writeUInt16LE(value, at)
  }
  const segment = [1, 0, FIRMWARE.base, FIRMWARE.base, 0, 0x1000, 7, 0x1000]
  for (const [index, value] of segment.entries()) elf.writeUInt32LE(value, 52 + index * 4)
  return new Map([['lib/firmware/IPQ8074/q6_fw.mdt', { bytes: elf, program: false }]])
}

export function remoteprocPart(image: Image): Part {
  const edge = SMP2P.find(({ name }) => name === STARTED.from)
  assert.ok(edge)
  const sent = find(image, edge.send)
  const word = sent.address + 20 + 16 // of the first entry
  const stopWord = STOP.toString(16).padStart(2, '0').padEnd(8, '0')
  const looks: Buffer[] = []
  const said = lastOf(STARTED.from)?.entries ?? {}
  const core = (bits: readonly (keyof typeof STARTED.bits)[]): Meeting => {
    const value = bits.reduce(
      (sum, bit) => sum | (1 << STARTED.bits[bit]),
      said[STARTED.receives] ?? 0,
    )
    const entries = { ...said, [STARTED.receives]: value }
    return (memory, doorbell) => utter(says(STARTED.from, 0, 0, entries), image, memory, doorbell)
  }
  const look = (memory: RamFile) => {
    looks.push(memory.read({ base: sent.address, size: SMP2P_SIZE }))
  }
  const put = (memory: RamFile, place: Range, value: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value)
    memory.write(place, bytes)
  }
  return {
    heading: 'The same machine: the kernel starts a processor, stops it, and hears of its crash',
    steps: [
      (memory) => {
        put(memory, SWITCHED, 0x400)
        put(memory, BUS_IDLE, 1)
      },
      { name: 'remoteproc', command: loaded(REMOTEPROC) },
      { name: 'starting', command: waitForWord(CLOCK.base, CLOCK.on) },
      core(['ready']),
      { name: 'running', command: waitForState('running') },
      {
        name: 'stopping',
        command: `(echo stop > ${CONTROL}/state) > /dev/null 2>&1 & ${waitForWord(word, stopWord)}`,
      },
      look,
      core(['ready', 'stop-ack']),
      { name: 'stopped', command: waitForState('offline') },
      look,
      core([]),
      {
        name: 'silent',
        command: waitFor(`grep -q "status:0x${SILENCE.toString(16)} val:" ${TRACE}`),
      },
      {
        name: 'again',
        command: `echo disabled > ${CONTROL}/recovery; echo start > ${CONTROL}/state & ${waitForWord(CLOCK.base, CLOCK.on)}`,
      },
      core(['ready']),
      { name: 'running-again', command: waitForState('running') },
      (memory, doorbell) => {
        const { address, size } = find(image, CRASH_REASON)
        const crash = Buffer.alloc(size)
        crash.write(REASON, 'latin1')
        memory.write({ base: address, size }, crash)
        core(['ready', 'fatal'])(memory, doorbell)
      },
      { name: 'crashed', command: waitForState('crashed') },
      { name: 'log', command: 'dmesg | grep -E "remoteproc"' },
      { name: 'wrote', command: `grep smp2p_update_bits ${TRACE}` },
      cli('reason', `show ${CRASH_REASON} --json`),
    ],
    async check(ledger, seen) {
      await ledger.check(
        'its driver starts the core, waits for it to be ready, and stops it',
        () => {
          for (const step of ['running', 'stopped', 'running-again', 'crashed']) seen.output(step)
          const log = seen.output('log')
          assert.equal(log.match(/is now up/g)?.length, 2, log)
          assert.match(log, /stopped remote processor/)
          return log.replace(/^\[.*?\] /gm, '')
        },
      )
      await ledger.check('our decoder reads the bit by which it asks, as its trace has it', () => {
        const wrote = seen.output('wrote').trim().split('\n')
        const entry = `smp2p-${STARTED.from}: ${STARTED.sends}`
        assert.deepEqual(
          wrote.map((line) => line.slice(line.indexOf('smp2p_update_bits: '))),
          [
            `smp2p_update_bits: ${entry}: orig:0x0 new:0x${STOP.toString(16)}`,
            `smp2p_update_bits: ${entry}: orig:0x${STOP.toString(16)} new:0x0`,
          ],
        )
        const [asked, acknowledged] = looks.map((bytes) => {
          assert.equal(readSmp2p(bytes).entries[STARTED.sends], firstEntry(bytes).value)
          return firstEntry(bytes)
        })
        const name = STARTED.sends
        assert.deepEqual(asked, { name, value: STOP, valueBits: [STARTED.stopBit] })
        assert.deepEqual(acknowledged, { name, value: 0, valueBits: [] })
        return `${name}: ${STOP} while it asks, 0 once the core has acknowledged`
      })
      await ledger.check('our decoder reads the reason of the crash that the kernel prints', () => {
        const [, told] = /fatal error received: (.*)/.exec(seen.output('log')) ?? []
        assert.equal(told, REASON)
        const { decoder, value } = seen.json('reason') as Shown
        assert.deepEqual([decoder, value?.reason, value?.crashed], ['crash-reason', REASON, true])
        return `item ${CRASH_REASON}: ${told}`
      })
    },
  }
}

/** What the library makes of the first entry of an smp2p item. */
function firstEntry(bytes: Buffer) {
  const edge = SMP2P.find(({ name }) => name === STARTED.from)
  const context = { id: edge?.send ?? 0, host: edge?.host ?? null, sibling: () => null }
  const value = new Decoders().dissect(bytes, context)?.value as unknown as {
    readonly entries: readonly {
      readonly name: string
      readonly value: number
      readonly valueBits: readonly number[]
    }[]
  }
  const [entry] = value.entries
  assert.ok(entry)
  return entry
}
