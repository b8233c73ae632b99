// SPDX-License-Identifier: MIT
// What must be true after a round, whoever came first. Each rule tells what breaks it.

import { readRecord } from '#lib/lock/record.js'
import { Smem } from '#lib/smem.js'
import type { Event } from './event.js'
import { bytesOf, freeOf, type HeapState, type Outcome, roundUp } from './heap-state.js'
import type { Round } from './round.js'

export interface Rule {
  readonly name: string
  broken(outcome: Outcome, round: Round): string[]
}

/** A rule about each heap by itself. */
function each(name: string, broken: (heap: HeapState) => (string | null)[]): Rule {
  const told = (heap: HeapState, problem: string | null) =>
    problem === null ? [] : [`${heap.host ?? 'global'}: ${problem}`]
  return {
    name,
    broken: ({ heaps }) =>
      heaps.flatMap((heap) => broken(heap).flatMap((problem) => told(heap, problem))),
  }
}

/** What is broken first where somebody ignores the lock. */
export const control = 'no item is lost'

export const rules: readonly Rule[] = [
  each(control, (heap) => {
    const there = new Map(heap.items.map((item) => [item.id, item]))
    return heap.granted.map(({ id, size, cached }) => {
      const item = there.get(id)
      if (item === undefined) return `item ${id} was granted and is not there`
      const listed = heap.partition === null ? roundUp(size, 8) : size
      if (item.error === null && item.size === listed && item.cached === cached) return null
      return `item ${id} has ${item.size} bytes instead of ${listed}, cached: ${item.cached}`
    })
  }),

  each('nothing is there that nobody was granted, or that two were', ({ granted, items }) => {
    const ids = new Set(granted.map(({ id }) => id))
    return [
      ids.size === granted.length ? null : `${granted.length - ids.size} ids were granted twice`,
      items.length === granted.length
        ? null
        : `${items.length} items, ${granted.length} were granted`,
    ]
  }),

  each('no two items overlap', (heap) => {
    const spans = heap.items.map(({ id, offset, size, cached }) => {
      const bytes = bytesOf(heap, size!, cached!)
      const header = heap.partition === null || cached ? 0 : 16
      return { id, start: offset! - header, end: offset! - header + bytes }
    })
    spans.sort((a, b) => a.start - b.start)
    return spans.map(({ id, start }, i) =>
      i > 0 && start < spans[i - 1]!.end ? `items ${spans[i - 1]!.id} and ${id}` : null,
    )
  }),

  each('free and used space add up', (heap) => {
    const { partition, granted, heapInfo } = heap
    const used = (cached: boolean) =>
      granted
        .filter((event) => event.cached === cached)
        .reduce((sum, { size }) => sum + bytesOf(heap, size, cached), 0)
    const [[free, available], [freeAfter, availableAfter]] = heapInfo
    const words =
      partition === null
        ? [
            [freeAfter, free + used(false)],
            [availableAfter, available - used(false)],
          ]
        : [
            [partition.freeUncached, 32 + used(false)],
            [partition.freeCached, partition.size - used(true)],
          ]
    return words.map(([is, should]) => (is === should ? null : `${is} instead of ${should}`))
  }),

  each('EEXIST is right: somebody had been granted that id, or was just then', (heap) => {
    const granted = new Map(heap.granted.map((event) => [event.id, event]))
    return refusals(heap, 'EEXIST').map(({ id, ended }) => {
      const other = granted.get(id)
      if (other === undefined) return `item ${id} is nobody's`
      return other.begun <= ended ? null : `item ${id} came ${other.begun - ended} ms later`
    })
  }),

  each('ENOSPC and ENOMEM are right: nothing as large fits in later', (heap) => {
    const latest = latestBySize(heap)
    return refusals(heap, heap.partition === null ? 'ENOMEM' : 'ENOSPC').map((event) => {
      const { id, size, cached, ended } = event
      const bytes = bytesOf(heap, size, cached)
      if (bytes <= freeOf(heap)) return `item ${id} would still fit`
      return (latest[bytes] ?? 0) <= ended ? null : `${bytes} bytes fitted in after item ${id}`
    })
  }),

  each('there are no other errors', ({ refused, partition }) => {
    const expected = ['EEXIST', partition === null ? 'ENOMEM' : 'ENOSPC']
    return refused.map(({ code, id }) => (expected.includes(code!) ? null : `${code}, item ${id}`))
  }),

  {
    name: 'both readers agree, and the checks find nothing',
    broken: ({ items }, { soc }) => {
      const smem = Smem.open({ source: `fake:${soc.path}` })
      try {
        const findings = smem.check().map(({ message }) => message)
        const ours = smem.items().map(({ id, host, cached, size, offset, error }) => {
          return [id, host, cached, size, offset, error?.code ?? null].join()
        })
        const theirs = items.map(({ id, host, cached, size, offset, error }) => {
          return [id, host, cached, size, offset, error?.code ?? null].join()
        })
        const differences = ours.flatMap((item, i) =>
          item === theirs[i] ? [] : [`${item} is ${theirs[i]} to the second reader`],
        )
        if (ours.length !== theirs.length) differences.push(`${theirs.length - ours.length} more`)
        return [...findings, ...differences]
      } finally {
        smem.close()
      }
    },
  },

  {
    name: 'nobody lost the lock, and nobody left it',
    broken: (_, { soc, remotes }) => {
      const record = readRecord({ fd: soc.fd, position: soc.lockPlaces.file.position })
      const losses = remotes.reduce((sum, remote) => sum + remote.losses, 0)
      return [
        ...(soc.hwlock.owner() === 0 ? [] : [`${soc.hwlock.owner()} has the lock`]),
        ...(record?.intent === null ? [] : ['something is still announced']),
        ...(record?.recoveries === 0 ? [] : ['somebody was taken for dead']),
        ...(losses === 0 ? [] : [`the lock of a remote was released ${losses} times`]),
      ]
    },
  },
]

function refusals({ refused }: HeapState, code: Event['code']): Event[] {
  return refused.filter((event) => event.code === code)
}

/** By number of bytes: when the last one began that took so many, or more. */
function latestBySize(heap: HeapState): number[] {
  const latest: number[] = []
  for (const { size, cached, begun } of heap.granted) {
    const bytes = bytesOf(heap, size, cached)
    latest[bytes] = Math.max(latest[bytes] ?? 0, begun)
  }
  for (let bytes = latest.length - 2; bytes >= 0; bytes--) {
    latest[bytes] = Math.max(latest[bytes] ?? 0, latest[bytes + 1] ?? 0)
  }
  return latest
}
