// SPDX-License-Identifier: MIT
// The state of the heaps: room, items, version, and what the checks find. Each look opens the heap anew, because what
// was opened before a subsystem's restart remembers the heap of then.

import { checkHeap } from '../../heap/check/checks.js'
import { Heap, type HeapOptions } from '../../heap/heap.js'
import type { HeapItem } from '../../heap/item.js'
import { isGlobal, remoteHost } from '../../heap/partition-table.js'
import type { Regions } from '../../heap/region.js'
import type { Instruments, Present } from './instruments.js'
import type { Labels, LabelValues } from './label-values.js'

export class HeapMetrics {
  readonly #values: LabelValues
  readonly #size: Present
  readonly #used: Present
  readonly #free: Present
  readonly #items: Present
  readonly #broken: Present
  readonly #regions: Present
  readonly #version: Present
  readonly #findings: Present
  readonly #sound: Present

  constructor(instruments: Instruments, values: LabelValues) {
    this.#values = values
    const gauge = (name: string, help: string, ...labels: string[]) =>
      instruments.gauge(`qcom_smem_${name}`, help, ...labels)
    this.#size = gauge('size_bytes', 'Size of a heap, with its headers.', 'heap', 'host')
    this.#used = gauge('used_bytes', 'Allocated in a heap, with its headers.', 'heap', 'host')
    this.#free = gauge('free_bytes', 'Left in a heap.', 'heap', 'host')
    this.#items = gauge('items', 'Items of a heap.', 'heap', 'host')
    this.#broken = gauge('broken_items', 'Items of a heap that cannot be read.', 'heap', 'host')
    this.#regions = gauge('region_bytes', 'Mapped memory, main and auxiliary.', 'kind')
    this.#version = gauge('heap_version_info', 'Version of the heap format.', 'version')
    this.#findings = gauge(
      'findings',
      'What the checks of the heaps find.',
      'check',
      'severity',
      'heap',
      'host',
    )
    this.#sound = gauge('heap_sound', 'Whether no check finds an error.')
  }

  /** @throws SmemError for a heap that cannot be opened; what was set before stands */
  look(regions: Regions, view: HeapOptions): void {
    for (const { kind, port } of regions) this.#regions.add({ kind }, port.size)
    this.#check(regions, view)
    const heap = new Heap(regions, view)
    const { major, minor } = heap.version
    this.#version.set({ version: `${major}.${minor}` }, 1)
    this.#spaces(heap)
    for (const item of heap.items()) this.#count(item)
  }

  #check(regions: Regions, view: HeapOptions): void {
    const findings = checkHeap(regions, view)
    for (const { check, severity, host } of findings) {
      this.#findings.add({ check, severity, ...this.#labels(host) }, 1)
    }
    this.#sound.set({}, findings.some(({ severity }) => severity === 'error') ? 0 : 1)
  }

  #spaces(heap: Heap): void {
    const states = heap.partitions()
    if (heap.version.major === 11) {
      const { freeOffset, available } = heap.header.heapInfo
      const free = available <= heap.regions[0].port.size ? available : null
      this.#space(null, { size: freeOffset + available, free })
    } else {
      // The first global entry is the one that is used.
      const state = states.find(({ entry }) => isGlobal(entry))
      if (state !== undefined) this.#space(null, { size: state.entry.size, free: state.free })
    }
    for (const { entry, free } of states) {
      const host = isGlobal(entry) ? null : remoteHost(entry, heap.options.localHost ?? 0)
      if (host !== null) this.#space(host, { size: entry.size, free })
    }
  }

  #space(host: number | null, { size, free }: { size: number; free: number | null }): void {
    const labels = this.#labels(host)
    this.#size.add(labels, size)
    // A heap without items has the series, too.
    this.#items.add(labels, 0)
    this.#broken.add(labels, 0)
    if (free === null) return
    this.#free.add(labels, free)
    this.#used.add(labels, size - free)
  }

  #count({ host, error }: HeapItem): void {
    const gauge = error === null ? this.#items : this.#broken
    gauge.add(this.#labels(host), 1)
  }

  #labels(host: number | null): Labels {
    return heapLabels(host, this.#values)
  }
}

/** Of the global heap, which has no host, or of a private one. */
export function heapLabels(host: number | null, values: LabelValues): Labels {
  return host === null ? { heap: 'global' } : { heap: 'private', host: values.host(host) }
}
