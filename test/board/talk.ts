// SPDX-License-Identifier: MIT
// Processors that talk: the host plays modem and audio DSP, writes their smp2p items and state words, and rings
// the guest's doorbell; the real smp2p and smsm drivers listen, and a driver above them counts every bit that it
// is told of. The account of who said what is kept here, and everybody's view is held against it.

import type { Meeting, RamFile, Step } from './boot.js'
import type { Doorbell } from './doorbell.js'
import type { Image } from './image.js'
import { RESTART_DONE, SMP2P_SIZE, type Smp2p, SSR_ACK, smp2pItem } from './smp2p.js'
import { type Heard, interruptOf, label, SMP2P, SMSM_INTERRUPT, type Talk } from './tree.js'

const heard = (from: string, entry: string, bits: Record<number, Heard['on']>): Heard[] =>
  Object.entries(bits).map(([bit, on]) => ({ from, entry, bit: Number(bit), on }))

/** The processor that the kernel starts and stops, and where its driver expects the bits. */
export const STARTED = {
  from: 'adsp',
  sends: 'master-kernel',
  receives: 'slave-kernel',
  bits: { wdog: 5, fatal: 4, ready: 1, handover: 2, 'stop-ack': 3 },
  stopBit: 6,
} as const

/** The names are real ones; `ipa-modem-to-ap` is as long as a name can be that ends inside its field. */
export const TALK: Talk = {
  entries: {
    modem: {
      outbound: ['master-kernel', 'ipa'],
      inbound: ['slave-kernel', 'ipa-modem-to-ap'],
    },
    adsp: {
      outbound: ['master-kernel', 'sleepstate'],
      inbound: ['slave-kernel', 'sleepstate_see'],
    },
  },
  heard: [
    ...heard('modem', 'slave-kernel', { 0: 'rise', 1: 'rise', 2: 'both', 3: 'fall', 31: 'both' }),
    ...heard('modem', 'ipa-modem-to-ap', { 5: 'both' }),
    ...heard('adsp', 'slave-kernel', { 0: 'both' }),
    ...heard('adsp', 'sleepstate_see', { 7: 'rise' }),
    ...heard('smsm', 'modem', { 0: 'rise', 3: 'both', 8: 'both', 31: 'fall' }),
  ],
  started: STARTED,
}

/** Those that come up. */
export const SPEAKERS = SMP2P.filter(({ name }) => name in TALK.entries)

/** Their items: there before the guest starts, and not valid before they come up. */
export const RECEIVED = SPEAKERS.map(({ host, receive }) => ({
  host,
  id: receive,
  size: SMP2P_SIZE,
}))

/** What a processor shows from now on. */
export type Utterance =
  | { readonly from: string; readonly shows: Pick<Smp2p, 'features' | 'flags' | 'entries'> }
  | { readonly from: 'smsm'; readonly state: number }

export const UTTERANCES: readonly Utterance[] = [
  says('modem', SSR_ACK, 0, { 'slave-kernel': 0x80000005 }),
  says('modem', SSR_ACK, 0, { 'slave-kernel': 0x0000000a }),
  says('modem', SSR_ACK, 0, { 'slave-kernel': 0x00000002, 'ipa-modem-to-ap': 0x20 }),
  says('modem', SSR_ACK, RESTART_DONE, { 'slave-kernel': 0x00000006, 'ipa-modem-to-ap': 0 }),
  says('adsp', 0, 0, { 'slave-kernel': 1, sleepstate_see: 0xffffffff }),
  { from: 'smsm', state: 0x80000109 },
  { from: 'smsm', state: 0x00000008 },
]

export function says(
  from: string,
  features: number,
  flags: number,
  entries: Smp2p['entries'],
): Utterance {
  return { from, shows: { features, flags, entries } }
}

/** A word that an utterance changed. */
interface Change {
  readonly from: string
  readonly entry: string
  readonly before: number
  readonly after: number
}

/** What a processor's words become, by entry. */
function wordsOf(said: Utterance): Readonly<Record<string, number>> {
  return 'state' in said ? { modem: said.state } : said.shows.entries
}

/** The changes of all words by so many utterances: our own account. What was never shown was 0. */
function changes(utterances: readonly Utterance[]): Change[] {
  const words = new Map<string, number>()
  return utterances.flatMap((said) =>
    Object.entries(wordsOf(said)).flatMap(([entry, after]) => {
      const key = `${said.from}/${entry}`
      const before = words.get(key) ?? 0
      words.set(key, after)
      return before === after ? [] : [{ from: said.from, entry, before, after }]
    }),
  )
}

/** Those of smp2p. */
export function changesOf(utterances: readonly Utterance[]): Change[] {
  return changes(utterances.filter(({ from }) => from !== 'smsm'))
}

/** How often each listener has to be told by so many utterances. */
export function toldAfter(count: number): Map<string, number> {
  const all = changes(UTTERANCES.slice(0, count))
  return new Map(
    TALK.heard.map((one) => {
      const own = all.filter(({ from, entry }) => from === one.from && entry === one.entry)
      const told = own.filter(({ before, after }) => {
        const [was, is] = [before, after].map((word) => (word >>> one.bit) & 1)
        return was !== is && one.on !== (is === 1 ? 'fall' : 'rise')
      })
      return [label(one), told.length]
    }),
  )
}

/** How often somebody rang. */
export function ringsOf(from: string): number {
  return UTTERANCES.filter((said) => said.from === from).length
}

/** What the edge's remote processor shows at last. */
export function lastOf(from: string): Smp2p | null {
  const said = UTTERANCES.findLast((one) => one.from === from)
  const edge = SMP2P.find(({ name }) => name === from)
  if (said === undefined || edge === undefined || 'state' in said) return null
  return { version: 1, from: edge.host, to: 0, ...said.shows }
}

/** What is left of the state words. */
const LAST_STATE = 0x00000008

/** As item 419 was placed; the modem's entry and what apps wants to hear of it. */
export const [HOSTS, ENTRIES] = [3, 8]
export const STATES = Array.from({ length: ENTRIES }, (_, entry) => (entry === 1 ? LAST_STATE : 0))
export const SUBSCRIBED = TALK.heard
  .filter(({ from }) => from === 'smsm')
  .reduce((mask, { bit }) => mask + 2 ** bit, 0)
export const MASKS = Array.from({ length: ENTRIES * HOSTS }, (_, i) =>
  i === HOSTS ? SUBSCRIBED : 0,
)

/** Every utterance as a meeting, and after it the step that waits until the last listener has been told. */
export function conversation(image: Image): (Step | Meeting)[] {
  return UTTERANCES.flatMap((said, index) => {
    const told = [...toldAfter(index + 1).values()].reduce((sum, count) => sum + count)
    return [
      (memory: RamFile, doorbell: Doorbell) => utter(said, image, memory, doorbell),
      {
        name: `told-${index + 1}`,
        command: `until [ "$(${TOLD})" = ${told} ]; do sleep 0.05; done`,
      },
    ]
  })
}

/** How often all listeners were told, as the kernel counts. */
const TOLD = `awk '$NF ~ "/" && $1 ~ ":" { n += $2 } END { print n + 0 }' /proc/interrupts`

export function utter(said: Utterance, image: Image, memory: RamFile, doorbell: Doorbell): void {
  if ('state' in said) {
    const { address } = find(image, 85)
    const word = Buffer.alloc(4)
    word.writeUInt32LE(said.state)
    memory.write({ base: address + 4, size: 4 }, word) // entry 1 is the modem's
    doorbell.ring(SMSM_INTERRUPT)
    return
  }
  const edge = SMP2P.find(({ name }) => name === said.from)
  const placed = find(image, edge?.receive ?? 0)
  const bytes = smp2pItem({ version: 1, from: edge?.host ?? 0, to: 0, ...said.shows })
  memory.write({ base: placed.address, size: bytes.length }, bytes)
  doorbell.ring(interruptOf(said.from))
}

/** Where an item is, placed by us or foretold. */
export function find({ placed, allocated }: Image, id: number) {
  const found = [...placed, ...allocated].find((one) => one.id === id)
  if (found === undefined) throw new Error(`no item ${id}`)
  return found
}
