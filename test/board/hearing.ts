// SPDX-License-Identifier: MIT
// What was said and heard on smp2p and smsm, as its witnesses have it: our own account, the kernel's interrupt
// counts and the trace of its driver, the device tree, and a reader of our own over the RAM file; understanding.ts
// has what the library makes of it.

import assert from 'node:assert/strict'
import { byPath } from './agreement.js'
import type { Meeting, Step } from './boot.js'
import { LISTENER } from './cache.js'
import type { Image } from './image.js'
import { loaded } from './kernel.js'
import type { Ledger } from './ledger.js'
import { type Look, lookAt } from './look.js'
import { hex } from './machine.js'
import type { Part, Seen } from './scenario.js'
import { RESTART_ACK, SSR_ACK } from './smp2p.js'
import {
  changesOf,
  conversation,
  find,
  MASKS,
  ringsOf,
  STATES,
  SUBSCRIBED,
  TALK,
  toldAfter,
  UTTERANCES,
} from './talk.js'
import { interruptOf, label, SMP2P, SMSM_INTERRUPT } from './tree.js'
import { checkLibrary, DECODE } from './understanding.js'

const TRACE = '/sys/kernel/tracing'

/** Of each interrupt: hardware number, count, who handles it. Nested ones have hardware numbers of their own. */
const INTERRUPTS_COMMAND = 'cd /sys/kernel/irq && grep -H . */hwirq */per_cpu_count */actions'

/** Shared peripheral interrupts begin here. */
const FIRST_SHARED = 32

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
  DECODE,
]

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
