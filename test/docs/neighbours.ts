// SPDX-License-Identifier: MIT
// What the other processors of the pages' board do, and when: right before a command of a page, or, where that one
// watches, once it has begun to look; then, if nothing else is said, the modem restarts.

import { Smem } from '#lib/smem.js'
import type { FakeSoc } from '#lib/testing/fake-soc.js'

const MODEM = 1
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
]

/** What happens at a command. */
export function cueAt(command: string): Act | undefined {
  return cues.find((cue) => cue.command === command.replace(/^sudo /, ''))?.act
}

/** As a board is before anything has happened. */
export function quieten(soc: FakeSoc): void {
  writing(soc, (smem) => writeText(smem, ''))
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
      writeText(smem, 'mpss_heap_exhausted')
      smp2p.write32(SMP2P_FLAGS, smp2p.read32(SMP2P_FLAGS) ^ RESTART_DONE)
    }
    smp2p.write32(SMP2P_VALUE, isUp ? 0 : UP)
  })
}

/** The reason that the modem gives. */
function writeText(smem: Smem, text: string): void {
  const item = smem.get(SSR_REASON)
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
