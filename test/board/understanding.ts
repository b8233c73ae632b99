// SPDX-License-Identifier: MIT
// What the library makes of the items of smp2p and smsm once everything is said: live in the guest, and from the
// RAM file on the host. It has to be what the reader of our own reads, what the account has, and what the kernel has
// shown to know.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { Smem } from '#lib/smem.js'
import type { Step } from './boot.js'
import { INSTALLED } from './initramfs.js'
import type { Ledger } from './ledger.js'
import type { Look } from './look.js'
import { CARVE_OUT } from './machine.js'
import type { Seen } from './scenario.js'
import type { Smp2p } from './smp2p.js'
import { ENTRIES, HOSTS, lastOf, MASKS, SPEAKERS, STATES, TALK } from './talk.js'
import { SMP2P } from './tree.js'

/** Items that are decoded, and their remote host; that of the compute DSP is global, for it has no partition. */
const ITEMS: readonly { readonly id: number; readonly host: number | undefined }[] = [
  ...SMP2P.map(({ send, host }) => ({ id: send, host })),
  ...SPEAKERS.map(({ receive, host }) => ({ id: receive, host })),
  ...[419, 85, 333].map((id) => ({ id, host: undefined })),
]

const named = ITEMS.map(({ id, host }) => (host === undefined ? id : `${id}:${host}`))

/** Prints the library's values of the items, in their order. */
export const DECODE: Step = {
  name: 'decoded',
  command: `node ${INSTALLED}/board/decoding.js ${named.join(' ')}`,
}

/** The library's view, against the reader of our own, the account, and what the kernel has shown to know. */
export async function checkLibrary(
  ledger: Ledger,
  seen: Seen,
  after: Look | undefined,
  folder: string,
) {
  const live = () => seen.json(DECODE.name) as unknown[]
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
