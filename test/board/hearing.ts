// SPDX-License-Identifier: MIT
// What was said and heard on smp2p and smsm, as its witnesses have it: our own account, the kernel's interrupt
// counts and the trace of its driver, the device tree, a reader of our own over the RAM file, and the library, live
// in the guest and from the same bytes on the host.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { Smem } from '#lib/smem.js'
import { byPath } from './agreement.js'
import type { Meeting, RamFile, Step } from './boot.js'
import { LISTENER } from './cache.js'
import type { Image } from './image.js'
import { INSTALLED } from './initramfs.js'
import { loaded } from './kernel.js'
import type { Ledger } from './ledger.js'
import { CARVE_OUT, hex } from './machine.js'
import type { Part, Seen } from './scenario.js'
import { RESTART_ACK, type Smp2p, SSR_ACK, smp2pAt } from './smp2p.js'
import {
  changesOf,
  conversation,
  find,
  LAST_STATE,
  lastKick,
  lastOf,
  ringsOf,
  SPEAKERS,
  TALK,
  toldAfter,
  UTTERANCES,
} from './talk.js'
import { interruptOf, label, SMP2P, SMSM_INTERRUPT } from './tree.js'

const TRACE = '/sys/kernel/tracing'

/** Of each interrupt: hardware number, count, who handles it. Nested ones have hardware numbers of their own. */
const INTERRUPTS_COMMAND = 'cd /sys/kernel/irq && grep -H . */hwirq */per_cpu_count */actions'

/** Shared peripheral interrupts begin here. */
const FIRST_SHARED = 32

/** Items that are decoded, and their remote host; that of the compute DSP is global, for it has no partition. */
const ITEMS: readonly { readonly id: number; readonly host: number | undefined }[] = [
  ...SMP2P.map(({ send, host }) => ({ id: send, host })),
  ...SPEAKERS.map(({ receive, host }) => ({ id: receive, host })),
  ...[419, 85, 333].map((id) => ({ id, host: undefined })),
]

const BEFORE: readonly Step[] = [
  {
    name: 'listen',
    command: `mount -t tracefs tracefs ${TRACE} &&
      echo 1 > ${TRACE}/events/qcom_smp2p/enable && ${loaded([LISTENER])}`,
  },
  {
    name: 'entries',
    command: `cd /proc/device-tree && for file in smp2p-*/*/qcom,entry-name; do
        echo "\${file%/*}:$(tr -d "\\0" < "$file")"
      done`,
  },
]

const AFTER: readonly Step[] = [
  { name: 'interrupts', command: INTERRUPTS_COMMAND },
  { name: 'trace', command: `grep -v '^#' ${TRACE}/trace` },
  {
    name: 'decoded',
    command: `node ${INSTALLED}/board/decoding.js ${ITEMS.map(({ id, host }) => (host === undefined ? id : `${id}:${host}`)).join(' ')}`,
  },
]

/** What the host saw in the RAM file. */
interface Look {
  /** The items of the kernel, by edge. */
  readonly sent: ReadonlyMap<string, Smp2p>
  readonly states: readonly number[]
  readonly masks: readonly number[]
  readonly kick: number
  readonly carveOut: Buffer
}

/** `folder`: for the files of one run. */
export function hearingPart(image: Image, folder: string): Part {
  const looks: Look[] = []
  const look: Meeting = (memory) => looks.push(lookAt(memory, image))
  const flags = find(image, 428).address + 16
  const acknowledged = `until [ "$(memory words ${flags} 4)" = 0${RESTART_ACK}000000 ]; do sleep 0.05; done`
  return {
    heading: 'The same machine: other processors come up, talk and restart',
    steps: [
      ...BEFORE,
      look,
      ...conversation(image),
      { name: 'acknowledged', command: acknowledged },
      ...AFTER,
      look,
    ],
    async check(ledger, seen) {
      const [before, after] = looks
      await checkKernel(ledger, seen)
      await checkSent(ledger, seen, before, after)
      await checkLibrary(ledger, seen, after, folder)
    },
  }
}

/** The kernel's counts and trace against our account. */
async function checkKernel(ledger: Ledger, seen: Seen): Promise<void> {
  await ledger.check('the kernel was interrupted as often as the host rang', () => {
    const counts = interrupts(seen)
    const lines = [
      ...SMP2P.map(({ name }) => ({ who: `smp2p-${name}`, from: name, line: interruptOf(name) })),
      { who: 'smsm', from: 'smsm', line: SMSM_INTERRUPT },
    ].map(({ who, from, line }) => {
      assert.deepEqual(counts.get(who), [FIRST_SHARED + line, ringsOf(from)], who)
      return `${who}, line ${line}: ${ringsOf(from)}`
    })
    return lines.join('\n')
  })
  await ledger.check('its drivers told every listener of every bit, as our account has it', () => {
    const counts = interrupts(seen)
    const account = toldAfter(UTTERANCES.length)
    const lines = TALK.heard.map((one) => {
      const expected = account.get(label(one))
      assert.deepEqual(counts.get(label(one)), [one.bit, expected], label(one))
      return `${label(one)} (${one.on}): ${expected}`
    })
    return lines.join(', ')
  })
  await ledger.check(
    "the driver's trace has every word, old and new, and how they negotiated",
    () => {
      const lines = seen.output('trace').split('\n').filter(Boolean)
      const told = (event: string) =>
        lines.flatMap((line) => line.split(`: smp2p_${event}: smp2p-`).slice(1))
      assert.deepEqual(told('notify_in').toSorted(), changesOf(UTTERANCES).map(asTraced).toSorted())
      assert.deepEqual(told('negotiate'), [
        'modem: state=open out_features=SMP2P_FEATURE_SSR_ACK',
        'adsp: state=open out_features=',
      ])
      assert.deepEqual(told('ssr_ack'), ['modem: SSR detected'])
      return lines.map((line) => line.replace(/^.*smp2p_/, '')).join('\n')
    },
  )
}

function asTraced({ from, entry, before, after }: ReturnType<typeof changesOf>[number]): string {
  const changed = (before ^ after) >>> 0
  return `${from}: ${entry}: status:0x${changed.toString(16)} val:0x${after.toString(16)}`
}

/** What the kernel wrote into its own items, by the device tree, and by how far it negotiated. */
async function checkSent(ledger: Ledger, seen: Seen, before?: Look, after?: Look): Promise<void> {
  await ledger.check('its own items have the entries of the device tree, in its order', () => {
    const tree = seen.output('entries').trim().split('\n')
    const lines = SMP2P.map(({ name, host }) => {
      const sent = before?.sent.get(name)
      const entries = Object.fromEntries(outboundOf(name).map((entry) => [entry, 0]))
      const fresh = { version: 1, features: SSR_ACK, from: 0, to: host, flags: 0, entries }
      assert.deepEqual(sent, fresh, name)
      const named = Object.keys(entries).map((entry) => `smp2p-${name}/out-${entry}:${entry}`)
      assert.deepEqual(
        tree.filter((line) => line.startsWith(`smp2p-${name}/out-`)),
        named.toSorted(),
      )
      return `${name}: ${Object.keys(entries).join(', ')}`
    })
    return lines.join('\n')
  })
  await ledger.check(
    'it dropped the feature that the audio DSP lacks, and acknowledged the restart',
    () => {
      const [modem, adsp, cdsp] = SMP2P.map(({ name }) => after?.sent.get(name))
      assert.deepEqual([modem?.features, modem?.flags], [SSR_ACK, RESTART_ACK])
      assert.deepEqual([adsp?.features, adsp?.flags], [0, 0])
      assert.deepEqual([cdsp?.features, cdsp?.flags], [SSR_ACK, 0])
      assert.equal(after?.kick, 1, 'the last to be interrupted is the modem') // bit 0 of the register
      return 'and interrupted the modem, bit 0 of the register, to say so'
    },
  )
  await ledger.check('it subscribed to the bits that are listened to, and to no others', () => {
    assert.deepEqual(before?.masks, MASKS)
    assert.deepEqual(after?.masks, MASKS)
    assert.deepEqual(after?.states, STATES)
    return `modem's state for apps: ${hex(SUBSCRIBED)}`
  })
}

/** The library's view, against the reader of our own, the account, and what the kernel has shown to know. */
async function checkLibrary(ledger: Ledger, seen: Seen, after: Look | undefined, folder: string) {
  const live = () => seen.json('decoded') as unknown[]
  const decoded = (id: number) => live()[ITEMS.findIndex((item) => item.id === id)]
  await ledger.check(
    'our decoder says the same of every smp2p item, both ways, field by field',
    () => {
      const lines = [
        ...SMP2P.map(({ name, send }) => ({ name, id: send, expected: after?.sent.get(name) })),
        ...SPEAKERS.map(({ name, receive }) => ({ name, id: receive, expected: lastOf(name) })),
      ].map(({ name, id, expected }) => {
        const { plain, bits } = asSmp2p(decoded(id))
        assert.deepEqual(plain, expected, `item ${id} of ${name}`)
        assert.deepEqual(Object.keys(plain.entries), Object.keys(expected?.entries ?? {}))
        return `item ${id}: ${JSON.stringify(plain)}, ${bits}`
      })
      return lines.join('\n')
    },
  )
  await ledger.check(
    'of the handshake too: who restarts with an acknowledgement, and who without',
    () => {
      const handshakes = SMP2P.map(({ send }) => (decoded(send) as { handshake: string }).handshake)
      const [modem = '', adsp = '', cdsp = ''] = handshakes
      assert.match(modem, /^agreed; no restart .*waits/)
      assert.match(adsp, /^agreed; restarts are not acknowledged/)
      assert.match(cdsp, /no item 94 to answer with/)
      assert.match((decoded(435) as { handshake: string }).handshake, /^agreed; no restart .*waits/)
      return handshakes.join('\n')
    },
  )
  await ledger.check('and of the shared state machine: shape, states, masks', () => {
    const [shape, states, masks] = [419, 85, 333].map(decoded) as [unknown, States, Masks]
    assert.deepEqual(shape, { hosts: HOSTS, entries: ENTRIES })
    assert.deepEqual(
      states.entries.map(({ state }) => state),
      STATES,
    )
    const flat = masks.entries.flatMap((entry) => entry.masks)
    assert.deepEqual(
      flat.map(({ mask }) => mask),
      MASKS,
    )
    const modem = masks.entries[1]
    assert.deepEqual([modem?.entry, modem?.masks[0]?.host], [1, 0])
    assert.equal(
      modem?.masks[0]?.maskBits.length,
      TALK.heard.filter(({ from }) => from === 'smsm').length,
    )
    return `state ${states.entries[1]?.stateBits}, subscribed: ${modem?.masks[0]?.maskBits}`
  })
  await ledger.check('the host decodes the same out of the RAM file', () => {
    assert.ok(after)
    assert.deepEqual(decodeDump(after.carveOut, folder), live())
    return `${ITEMS.length} items`
  })
}

interface States {
  readonly entries: readonly { readonly state: number; readonly stateBits: readonly string[] }[]
}

interface Masks {
  readonly entries: readonly {
    readonly entry: number
    readonly masks: readonly {
      readonly host: number
      readonly mask: number
      readonly maskBits: readonly string[]
    }[]
  }[]
}

/** The library's value in the form of our own reader. */
function asSmp2p(value: unknown): { plain: Smp2p; bits: string } {
  const { version, features, localHost, remoteHost, flags, entries, valid } = value as {
    version: number
    features: number
    localHost: number
    remoteHost: number
    flags: number
    valid: boolean
    entries: readonly { name: string; value: number; valueBits: readonly number[] }[]
  }
  assert.equal(valid, true)
  const words = Object.fromEntries(entries.map((entry) => [entry.name, entry.value]))
  for (const entry of entries) {
    assert.equal(
      entry.valueBits.reduce((sum, bit) => sum + 2 ** bit, 0),
      entry.value,
      entry.name,
    )
  }
  const bits = entries.map(({ name, valueBits }) => `${name} [${valueBits}]`).join(' ')
  return {
    plain: { version, features, from: localHost, to: remoteHost, flags, entries: words },
    bits,
  }
}

function decodeDump(carveOut: Buffer, folder: string): unknown[] {
  const path = `${folder}/talk.img`
  writeFileSync(path, carveOut)
  const smem = Smem.open({ source: `file:${path}`, base: CARVE_OUT.base })
  try {
    const values = ITEMS.map(({ id, host }) =>
      smem.get(id, host === undefined ? {} : { host }).decode(),
    )
    return JSON.parse(JSON.stringify(values)) as unknown[]
  } finally {
    smem.close()
  }
}

/** As item 419 was placed; the modem's entry and what apps wants to hear of it. */
const [HOSTS, ENTRIES] = [3, 8]
const STATES = Array.from({ length: ENTRIES }, (_, entry) => (entry === 1 ? LAST_STATE : 0))
const SUBSCRIBED = TALK.heard
  .filter(({ from }) => from === 'smsm')
  .reduce((mask, { bit }) => mask + 2 ** bit, 0)
const MASKS = Array.from({ length: ENTRIES * HOSTS }, (_, i) => (i === HOSTS ? SUBSCRIBED : 0))

function outboundOf(edge: string): readonly string[] {
  return TALK.entries[edge]?.outbound ?? ['master-kernel']
}

/** Hardware number and count, by who handles the interrupt. */
function interrupts(seen: Seen): Map<string, [number, number]> {
  const texts = byPath(seen.output('interrupts'))
  const handled = [...texts].filter(([path]) => path.endsWith('/actions'))
  return new Map(
    handled.map(([path, who]) => {
      const of = (file: string) => Number(texts.get(path.replace('actions', file)))
      return [who, [of('hwirq'), of('per_cpu_count')]]
    }),
  )
}

function lookAt(memory: RamFile, image: Image): Look {
  const words = (id: number) => {
    const { address, size } = find(image, id)
    const bytes = memory.read({ base: address, size })
    return Array.from({ length: size / 4 }, (_, i) => bytes.readUInt32LE(i * 4))
  }
  return {
    sent: new Map(
      SMP2P.map(({ name, send }) => [name, smp2pAt(memory, find(image, send).address)]),
    ),
    states: words(85),
    masks: words(333),
    kick: lastKick(memory),
    carveOut: memory.read(CARVE_OUT),
  }
}
