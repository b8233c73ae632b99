// SPDX-License-Identifier: MIT
// A fake SoC: made anew from a profile, or one that another process holds, by its path.

import { HeapLock } from '../lock/heap-lock.js'
import { LockWord } from '../lock/word.js'
import { FakeSoc } from '../testing/fake-soc.js'
import { unusedDumpOptions } from './dump-options.js'
import { asRegions, closeAll } from './regions.js'
import type { Source, SourceOptions } from './source.js'

/** `argument`: a profile, or a path such as /proc/PID/fd/N to attach to. */
export function openFake(argument: string | null, options: SourceOptions): Source {
  const { writable = false } = options
  const soc = argument?.includes('/')
    ? FakeSoc.attach(argument, { writable })
    : FakeSoc.create(argument ?? undefined, { writable })
  const [main, ...auxiliary] = soc.regions
  const regions = asRegions(
    main.port,
    auxiliary.map(({ port }) => port),
    options,
  )
  return {
    name: argument === null ? 'fake' : `fake:${argument}`,
    live: true,
    foreign: false,
    captured: null,
    regions,
    board: soc.board,
    warnings: unusedDumpOptions(options, 'a fake SoC'),
    hwlockOwner: () => soc.bank.read32(soc.board.hwlock.address - soc.bank.base),
    lockFile: soc.lockPlaces.file,
    openLock: (policy) => new HeapLock(soc.lockPlaces, policy),
    openMutex: () => {
      const { mutex } = soc.lockPlaces
      return new LockWord(mutex, mutex.address)
    },
    close: () => {
      closeAll(regions)
      soc.close()
    },
  }
}
