// SPDX-License-Identifier: MIT
// What the other processors of the pages' board do, and when: right before a command of a page, or, where that one
// watches, once it has begun to look. Whoever watches without a condition sees the modem restart, if nothing else is said.

import type { Item } from '#lib/item.js'
import { Smem } from '#lib/smem.js'
import type { FakeSoc } from '#lib/testing/fake-soc.js'

const MODEM = 1
const OWNER_OF_MODEM = 2
const BUILD_ID = 416
const SSR_REASON = 421
const SMP2P = 435
const SMP2P_FLAGS = 16
const SMP2P_VALUE = 36
const RESTART_DONE = 1
/** Bits 1 and 2, as the fake has it: ready, and running. */
const UP = 6

type Act = (soc: FakeSoc) => void

interface Cue {
  /** The whole command, as the page has it, but for `sudo`. */
  readonly command: string
  readonly act: Act
}

export const cues: readonly Cue[] = [
  { command: 'qcom-smem diff before.elf live', act: modemRestarts },
  { command: 'qcom-smem watch --host modem', act: modemPublishes },
  { command: 'qcom-smem alloc 300 64 --write', act: modemDiesInside },
]

/** What happens at a command. */
export function cueAt(command: string): Act | undefined {
  return cues.find((cue) => cue.command === command.replace(/^sudo /, ''))?.act
}

/** As a board is before anything has happened. */
export function quieten(soc: FakeSoc): void {
  writing(soc, (smem) => write(smem.get(SSR_REASON), ''))
}

/**
 * The modem says why it fails, is started again, and turns over the flag that tells so; the next time, it is up: its
 * SMP2P word is as before.
 */
export function modemRestarts(soc: FakeSoc): void {
  writing(soc, (smem) => {
    const smp2p = smem.get(SMP2P, { host: MODEM })
    const isUp = smp2p.read32(SMP2P_VALUE) !== 0
    if (isUp) {
      write(smem.get(SSR_REASON), 'mpss_heap_exhausted')
      smp2p.write32(SMP2P_FLAGS, smp2p.read32(SMP2P_FLAGS) ^ RESTART_DONE)
    }
    smp2p.write32(SMP2P_VALUE, isUp ? 0 : UP)
  })
}

/** The modem allocates what tells its build. */
function modemPublishes(soc: FakeSoc): void {
  writing(soc, (smem) => {
    const item = smem.alloc(BUILD_ID, 64, { host: MODEM, zero: true })
    write(item, '\x07\0\0\0\x02\0\0\0devkit')
  })
}

/** The modem takes the mutex and is never seen again. */
function modemDiesInside({ hwlock }: FakeSoc): void {
  hwlock.tryLock(OWNER_OF_MODEM)
}

/** Latin-1 text at the start of an item, and zeros behind it. */
function write(item: Item, text: string): void {
  const bytes = Buffer.alloc(item.size & ~3)
  bytes.write(text, 'latin1')
  for (let offset = 0; offset < bytes.length; offset += 4) {
    item.write32(offset, bytes.readUInt32LE(offset))
  }
}

function writing(soc: FakeSoc, act: (smem: Smem) => void): void {
  using smem = Smem.open({ source: `fake:${soc.path}`, writable: true })
  act(smem)
}
