// SPDX-License-Identifier: MIT
// Kernel and library allocate in the same heaps in turn. Our own bookkeeping foretells where every item has to
// be; then the library, the host and the kernel each say where they find it. The kernel says so when its drivers
// are loaded anew and bound to devices whose items we allocated: it looks them up, and writes into them.

import assert from 'node:assert/strict'
import type { RamFile } from './boot.js'
import { RELOAD, UNLOAD } from './fake.js'
import type { Placed } from './heap.js'
import { checkSmp2p, type DumpReader, readDump } from './host.js'
import { type Image, inOrder } from './image.js'
import { INSTALLED } from './initramfs.js'
import { BOUND_COMMAND, BUS, boundDevices, COMPLAINTS_COMMAND, loaded } from './kernel.js'
import { asListed, type ListedItem } from './library.js'
import { CARVE_OUT, hex, MESSAGE_RAM } from './machine.js'
import { checkRecords } from './records.js'
import { cli, type Part } from './scenario.js'
import type { Edge } from './tree.js'

/** What smp2p allocates; it writes as much into an item that it finds. */
const SMP2P_SIZE = 340
const FIRST_OF_KERNEL = 100
const FIRST_OF_OURS = 200
const FIRST_RECEIVED = 150

/** One allocation of the kernel, then one of ours, both towards one host. */
interface Turn {
  /** The device whose binding makes the kernel allocate. */
  readonly kernel: Edge
  /** One that is bound only when our item is there. */
  readonly ours: Edge
  readonly size: number
}

export function turnsTo(hosts: readonly number[]): Turn[] {
  return hosts.map((host, index) => {
    const edge = (name: string, send: number) => {
      return { name: `${name}-${index}`, host, receive: FIRST_RECEIVED + index, send }
    }
    const kernel = edge('kernel', FIRST_OF_KERNEL + index)
    const ours = edge('ours', FIRST_OF_OURS + index)
    return { kernel, ours, size: SMP2P_SIZE + 13 * index } // odd ones, so that padding shows
  })
}

/** For the device tree. */
export function edgesOf(turns: readonly Turn[]): Edge[] {
  return turns.flatMap(({ kernel, ours }) => [kernel, ours])
}

interface Foretold {
  readonly remote: number
  readonly placed: Placed
}

/** Where the items of all turns have to be, the kernel's and ours, in order. */
function foretell(image: Image, turns: readonly Turn[]): { kernel: Foretold[]; ours: Foretold[] } {
  const kernel: Foretold[] = []
  const ours: Foretold[] = []
  for (const turn of turns) {
    const { host } = turn.kernel
    const own = image.partitions.find(({ hosts }) => hosts.includes(host) && hosts.includes(0))
    const heap = own ?? image.global
    kernel.push({ remote: host, placed: heap.foretell(turn.kernel.send, SMP2P_SIZE) })
    ours.push({ remote: host, placed: heap.foretell(turn.ours.send, turn.size) })
  }
  return { kernel, ours }
}

/** The devices of every board, in the order in which our bookkeeping foretold their items. */
const USUAL = ['qcom_smp2p/smp2p-modem', 'qcom_smp2p/smp2p-adsp', 'qcom_smp2p/smp2p-cdsp']
const AUTOPROBE = '/sys/bus/platform/drivers_autoprobe'

const LOAD = `${loaded(['qcom_hwspinlock', 'smem'])}
  echo 0 > ${AUTOPROBE}
  ${loaded(['smp2p', 'smsm'])}
  for device in ${[...USUAL, 'qcom-smsm/smsm'].join(' ')}; do
    echo \${device#*/} > ${BUS}/\${device%/*}/bind || exit 1
  done`

/** All drivers but socinfo, the usual devices bound. */
export const LOADED_BY_HAND: Part = {
  steps: [{ name: 'load', command: LOAD }],
  async check(ledger, seen) {
    await ledger.check('the real drivers are bound one by one', () => seen.output('load'))
  },
}

/** `published`: an item of ours that is there already. */
export function sharingPart(
  image: Image,
  published: Placed,
  turns: readonly Turn[],
  reader: DumpReader,
): Part {
  const { kernel, ours } = foretell(image, turns)
  const all = [...kernel, ...ours]
  const items = [...image.placed, ...image.allocated, published, ...all.map(({ placed }) => placed)]
  const view = new Map<'shared' | 'adopted', { carveOut: Buffer; list: string; verify: string }>()
  const look = (when: 'shared' | 'adopted') => (memory: RamFile) => {
    const regions = { carveOut: memory.read(CARVE_OUT), messageRam: memory.read(MESSAGE_RAM) }
    const read = (command: string) =>
      readDump(reader, `v${image.version}-${when}`, regions, command)
    view.set(when, { carveOut: regions.carveOut, list: read('list'), verify: read('verify') })
  }
  const seenBy = (when: 'shared' | 'adopted') => {
    const found = view.get(when)
    assert.ok(found, 'the host has not seen the memory')
    return found
  }
  const asked = turns.map(
    ({ kernel, ours, size }) => `smp2p-${kernel.name}:${ours.send}:${size}:${ours.host}`,
  )
  return {
    steps: [
      {
        name: 'share',
        command: `node ${INSTALLED}/board/sharing.js ${BUS}/qcom_smp2p ${asked.join(' ')}`,
      },
      { name: 'share-complaints', command: COMPLAINTS_COMMAND },
      cli('list', 'list --json'),
      cli('verify', 'verify --json'),
      look('shared'),
      { name: 'adopt', command: `${UNLOAD} && echo 1 > ${AUTOPROBE} && ${RELOAD}` },
      { name: 'adopt-complaints', command: COMPLAINTS_COMMAND },
      { name: 'adopt-bound', command: BOUND_COMMAND },
      cli('list-adopted', 'list --json'),
      look('adopted'),
    ],
    async check(ledger, seen) {
      await ledger.check('kernel and library allocate in turn, each where it has to', () => {
        const told = seen.json('share') as Pick<Placed, 'id' | 'host' | 'size' | 'address'>[]
        const expected = ours.map(({ placed: { id, host, size, address } }) => {
          return { id, host, size, address }
        })
        assert.deepEqual(told, expected)
        assert.equal(seen.result('share-complaints').out, '')
        return `${kernel.length + image.allocated.length} items of the kernel, ${ours.length} of ours`
      })
      await ledger.check('list and verify find every item, and nothing wrong', () => {
        assert.deepEqual(listed(seen.output('list')), inOrder(items).map(asListed))
        return soundness(seen.output('verify'))
      })
      await ledger.check('the host finds the same in the RAM file', () => {
        const { list, verify } = seenBy('shared')
        assert.equal(list, seen.output('list'))
        assert.equal(verify, seen.output('verify'))
      })
      await ledger.check('every record and every end is the one our bookkeeping foretold', () => {
        const records = checkRecords(image, seenBy('shared').carveOut, [
          ...image.allocated,
          ...all.map(({ placed }) => placed),
        ])
        return `${records} records, compared word for word without the library`
      })
      await ledger.check('the kernel, loaded anew, finds each item at the same place', () => {
        seen.output('adopt')
        assert.equal(seen.result('adopt-complaints').out, '')
        const bound = seen.output('adopt-bound')
        boundDevices(bound)
        for (const { name } of edgesOf(turns)) assert.match(bound, new RegExp(`/smp2p-${name}\n`))
        const { carveOut, list } = seenBy('adopted')
        for (const { placed, remote } of all) checkSmp2p(carveOut, placed, remote)
        assert.equal(list, seen.output('list'))
        assert.equal(seen.output('list-adopted'), list)
        return ours
          .map(({ placed, remote }) => {
            const heap = placed.host === null ? 'global' : `host ${placed.host}`
            return `our item ${placed.id} (${heap}) at ${hex(placed.address)}: $SMP for processor ${remote}`
          })
          .join('\n')
      })
    },
  }
}

function listed(list: string): Omit<ListedItem, 'name'>[] {
  return (JSON.parse(list) as { items: ListedItem[] }).items.map(({ name: _, ...facts }) => facts)
}

/** Throws where verify has a finding of any severity. */
function soundness(verify: string): string {
  const { ok, findings } = JSON.parse(verify) as { ok: boolean; findings: unknown[] }
  assert.deepEqual([ok, findings], [true, []])
  return 'verify: no findings'
}
