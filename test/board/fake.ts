// SPDX-License-Identifier: MIT
// The fake SoCs before the same judge: the drivers are unloaded, the memory is replaced by one that the
// library's image builder made, and the drivers are loaded again over it. What users test their programs
// with has to be good enough for the kernel.

import assert from 'node:assert/strict'
import { buildImage } from '#lib/testing/image.js'
import { type ProfileName, profiles } from '#lib/testing/profiles.js'
import { byPath, compare } from './agreement.js'
import { DRIVERS } from './cache.js'
import { type DumpReader, HostView, readDump } from './host.js'
import { SOCINFO } from './image.js'
import { BOUND_COMMAND, boundDevices, COMPLAINTS_COMMAND, SOCINFO_COMMAND } from './kernel.js'
import type { ListedItem, Shown } from './library.js'
import { CARVE_OUT, MESSAGE_RAM } from './machine.js'
import type { Part } from './scenario.js'

/** The drivers that keep something of a heap, last loaded first. */
const RELOADED = DRIVERS.filter((driver) => driver !== 'qcom_hwspinlock')
export const UNLOAD = `rmmod ${RELOADED.toReversed().join(' ')} && dmesg -c > /dev/null`
export const RELOAD = RELOADED.map((driver) => `insmod /drivers/${driver}.ko`).join(' && ')

/** Remote host and id of what the probes allocate: what the heap of that SoC does not have yet. */
const ADDED: Readonly<Record<ProfileName, readonly string[]>> = {
  msm8916: ['global 429', 'global 432'],
  sc7280: ['global 333', 'global 85'],
  sdm845: ['global 333', 'global 85'],
}

export function fakePart(reader: DumpReader, name: ProfileName): Part {
  const regions = profileRegions(name)
  const after = new HostView(reader, `fake-${name}-after`)
  const read = (...command: string[]) => readDump(reader, `fake-${name}`, regions, ...command)
  return {
    heading: `The same machine with the memory of the fake ${name}`,
    steps: [
      { name: 'unload', command: UNLOAD },
      (memory) => {
        memory.write(CARVE_OUT, regions.carveOut)
        memory.write(MESSAGE_RAM, regions.messageRam)
      },
      { name: 'reload', command: RELOAD },
      { name: 'fake-bound', command: BOUND_COMMAND },
      { name: 'fake-complaints', command: COMPLAINTS_COMMAND },
      { name: 'fake-socinfo', command: SOCINFO_COMMAND },
      (memory) => after.look(memory),
    ],
    async check(ledger, seen) {
      await ledger.check('the drivers accept a heap that the library built', () => {
        seen.output('unload')
        seen.output('reload')
        assert.equal(seen.result('fake-complaints').out, '')
        return boundDevices(seen.output('fake-bound')).join(', ')
      })
      await ledger.check('the kernel reads the socinfo of the fake as our decoder does', () => {
        const { value } = JSON.parse(read('show', String(SOCINFO))) as Shown
        return compare(byPath(seen.output('fake-socinfo')), value ?? {})
      })
      await ledger.check('list shows all that was built, and what the kernel added', () => {
        const before = items(read('list'))
        const built = new Set(before.map(key))
        const kept = items(after.list).filter((item) => built.has(key(item)))
        const added = items(after.list).filter((item) => !built.has(key(item)))
        assert.deepEqual(kept, before)
        assert.deepEqual(added.map(key).toSorted(), ADDED[name])
        return `${before.length} items were built, the kernel added ${ADDED[name].join(' and ')}`
      })
    },
  }
}

/** The profile's memory, moved to where this machine has its regions. */
function profileRegions(name: ProfileName) {
  const described = profiles[name].describe()
  const image = buildImage({
    ...described,
    ...CARVE_OUT,
    auxiliary: [MESSAGE_RAM],
    global: (described.global ?? []).map((item) =>
      item.region === undefined ? item : { ...item, region: MESSAGE_RAM.base },
    ),
  })
  const [carveOut, messageRam] = image.regions.map(({ bytes }) => bytes)
  assert.ok(carveOut && messageRam)
  return { carveOut, messageRam }
}

function items(list: string): ListedItem[] {
  return (JSON.parse(list) as { items: ListedItem[] }).items
}

function key({ host, id }: ListedItem): string {
  return `${host ?? 'global'} ${id}`
}
