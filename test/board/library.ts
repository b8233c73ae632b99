// SPDX-License-Identifier: MIT
// What the library makes of the same memory, through the guest's /dev/mem and, at the same time, from the
// host through the RAM file; judged by what was placed, what was foretold, and what the kernel says.

import assert from 'node:assert/strict'
import { byPath, compare } from './agreement.js'
import type { Placed } from './heap.js'
import type { HostView } from './host.js'
import { type Image, inOrder, ODD_ITEM, SOCINFO } from './image.js'
import type { Ledger } from './ledger.js'
import { CARVE_OUT, hex, LOCK_INDEX, MESSAGE_RAM, MUTEX_BANK } from './machine.js'
import { cli, type Part, type Seen } from './scenario.js'

export interface ListedItem {
  readonly id: number
  readonly name: string
  readonly host: number | null
  readonly size: number
  readonly address: string
}

interface Info {
  readonly [field: string]: unknown
  readonly board: { readonly soc: string } | null
}

export interface Shown {
  readonly item: ListedItem
  readonly decoder: string | null
  readonly value: Readonly<Record<string, unknown>> | null
  readonly hex: string
}

/** What is there. */
export function listingPart(image: Image, lockInReach: boolean, host: HostView): Part {
  return {
    steps: [cli('info', 'info --json'), cli('list', 'list --json')],
    async check(ledger, seen) {
      await checkListing(ledger, seen, image, host)
      await checkInfo(ledger, seen, image, lockInReach ? 0 : null)
    },
  }
}

/** What the partitions are, and what the kernel's socinfo driver reads too. */
export function showingPart(image: Image, host: HostView): Part {
  return {
    steps: [cli('partitions', 'partitions --json'), cli('show', 'show HW_SW_BUILD_ID --json')],
    check: (ledger, seen) => checkShowing(ledger, seen, image, host),
  }
}

/** What a person sees, and bytes of an odd length. */
export function readingPart(image: Image): Part {
  return {
    steps: [cli('table', 'list'), cli('show-odd', `show ${ODD_ITEM.id} --json`)],
    check: (ledger, seen) => checkReading(ledger, seen, image),
  }
}

/** After something was refused. */
export const STILL_LISTED: Part = {
  steps: [cli('list-after', 'list --json')],
  async check(ledger, seen) {
    await ledger.check('list works as before', () => {
      assert.equal(seen.output('list-after'), seen.output('list'))
    })
  },
}

async function checkListing(ledger: Ledger, seen: Seen, image: Image, host: HostView) {
  const expected = inOrder([...image.placed, ...image.allocated])
  const listed = () => (seen.json('list') as { items: ListedItem[] }).items
  await ledger.check('list shows every item, placed by us or allocated by the kernel', () => {
    const bare = listed().map(({ name: _, ...facts }) => facts)
    assert.deepEqual(bare, expected.map(asListed))
    return `${bare.length} items`
  })
  await ledger.check("list has the kernel's own items with host, size and address", () => {
    const lines = image.allocated.map(({ id, host, size, address }) => {
      const found = listed().filter((item) => item.id === id)
      assert.equal(found.length, 1, `item ${id}`)
      const [item] = found
      assert.deepEqual([item?.host, item?.size, item?.address], [host, size, hex(address)])
      return `${id} ${item?.name}: host ${host ?? 'global'}, ${size} bytes at ${item?.address}`
    })
    return lines.join('\n')
  })
  await ledger.check('the host reads the same list out of the RAM file at the same time', () => {
    assert.equal(host.list, seen.output('list'))
  })
}

/** `owner`: null where the kernel keeps the page of the lock to itself. */
async function checkInfo(ledger: Ledger, seen: Seen, image: Image, owner: number | null) {
  await ledger.check('info tells version, ids, free space, regions, board and lock', () => {
    const info = seen.json('info') as Info
    const { version, global, partitions, itemCount } = image
    const minor = image.carveOut.readUInt16LE(0x40 + 7 * 4)
    const facts = {
      schema: 'qcom-smem/info@1',
      source: 'live',
      base: hex(CARVE_OUT.base),
      size: CARVE_OUT.size,
      initialized: true,
      version: { raw: hex(version * 0x10000 + minor), major: version, minor },
      itemCount,
      freeSpace: global.free,
      regions: [region(CARVE_OUT, 'main'), region(MESSAGE_RAM, 'aux')],
      partitions: partitions.length,
      items: image.placed.length + image.allocated.length,
    }
    const told = Object.fromEntries(Object.keys(facts).map((key) => [key, info[key]]))
    assert.deepEqual(told, facts)
    assert.equal(info.board?.soc, 'qcom,sdm845')
    assert.deepEqual(info.hwlock, {
      family: 'tcsr',
      bank: hex(MUTEX_BANK.base),
      index: LOCK_INDEX,
      owner,
    })
    return JSON.stringify(info)
  })
}

async function checkShowing(ledger: Ledger, seen: Seen, image: Image, host: HostView) {
  await ledger.check('show decodes socinfo as the kernel does', () => {
    const { item, decoder, value } = seen.json('show') as Shown
    assert.deepEqual([item.id, item.name, decoder], [SOCINFO, 'SMEM_HW_SW_BUILD_ID', 'socinfo'])
    return compare(byPath(seen.output('socinfo')), value ?? {})
  })
  await ledger.check('partitions are told with their ends, foreign ones without', () => {
    const { partitions } = seen.json('partitions') as { partitions: Record<string, unknown>[] }
    const expected = (live: boolean) =>
      image.partitions.map((_, index) => expectedPartition(image, index, live))
    assert.deepEqual(partitions, expected(true))
    assert.deepEqual(host.partitions, expected(false))
    return `${partitions.length} partitions; the host sees the foreign one too, as in any dump`
  })
}

async function checkReading(ledger: Ledger, seen: Seen, image: Image) {
  await ledger.check('show gives every byte of an item of odd length', () => {
    const { item, hex: bytes } = seen.json('show-odd') as Shown
    const placed = image.placed.find(({ id }) => id === ODD_ITEM.id)
    assert.equal(item.size, placed?.size)
    assert.equal(bytes.slice(0, ODD_ITEM.bytes.length * 2), ODD_ITEM.bytes.toString('hex'))
    return `${ODD_ITEM.bytes.length} bytes at ${item.address}`
  })
  await ledger.check('list is readable', () => {
    const table = seen.output('table')
    for (const { address } of image.allocated) {
      assert.ok(table.includes(hex(address).slice(2)), `${hex(address)} in\n${table}`)
    }
    return table
  })
}

export function asListed(placed: Placed) {
  const { region, address } = placed
  return { ...placed, region: hex(region), address: hex(address), error: null }
}

function region({ base, size }: { base: number; size: number }, kind: 'main' | 'aux') {
  return { base: hex(base), size, kind }
}

/** `live`: as seen on the board, where the header of a partition between two others is not read. */
function expectedPartition(image: Image, index: number, live: boolean) {
  const partition = image.partitions[index]
  assert.ok(partition)
  const { offset, size, hosts, cacheline, freeUncached, freeCached, free } = partition
  const [host0, host1] = hosts
  const address = hex(CARVE_OUT.base + offset)
  const global = partition === image.global
  const entry = { index, offset, size, address, host0, host1, global, cacheline, flags: 0 }
  const unread = live && !global && host0 !== 0 && host1 !== 0
  return unread
    ? { ...entry, freeUncached: null, freeCached: null, free: null, error: null }
    : { ...entry, freeUncached, freeCached, free, error: null }
}
