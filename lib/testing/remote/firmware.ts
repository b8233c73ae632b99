// SPDX-License-Identifier: MIT
// SMEM as another processor's software has it: the heap that serves a host, and what it refuses. Sources: Linux
// drivers/soc/qcom/smem.c, qcom_smem_alloc() and qcom_smem_enumerate_partitions(); vendor smem.c.

import { SmemError } from '../../errors.js'
import { Header, MASTER_SBL_VERSION, TOC_ENTRIES } from '../../layout/header.js'
import { GLOBAL_HOST } from '../../layout/partition.js'
import {
  INFO_MAGIC,
  InfoRecord,
  PTABLE_MAGIC,
  PTABLE_MAX_ENTRIES,
  PTABLE_PAGE,
  PtableHeader,
  ptableEntryOffset,
} from '../../layout/ptable.js'
import type { MemoryPort } from '../../port/port.js'
import type { RemoteRole } from './kind.js'
import { PartitionOwner } from './partition-owner.js'
import type { RemoteItem, RemoteLookup, RemoteRequest } from './request.js'
import { TocOwner } from './toc-owner.js'

type Owner = TocOwner | PartitionOwner

export class Firmware {
  readonly #role: RemoteRole
  readonly #itemCount: number
  readonly #global: Owner
  readonly #private = new Map<number, Owner>()

  /** @throws SmemError EINVAL where there is no global heap */
  constructor(port: MemoryPort, role: RemoteRole) {
    this.#role = role
    const version = port.read32(Header.offsets.versions + MASTER_SBL_VERSION * 4) >>> 16
    let global: Owner | undefined = version === 11 ? new TocOwner(port) : undefined
    const table = port.size - PTABLE_PAGE
    const count = entryCount(port, table)
    for (let index = 0; index < count; index++) {
      const at = table + ptableEntryOffset(index)
      const [offset, size, , hosts, cacheline] = words(port, at, 5) as [...number[]]
      const [host0, host1] = [hosts! & 0xffff, hosts! >>> 16]
      if (offset === 0 || size === 0) continue
      const place = { port, offset: offset!, size: size!, cacheline: cacheline! }
      if (host0 === GLOBAL_HOST && host1 === GLOBAL_HOST) {
        global ??= new PartitionOwner(place, null, role.rules)
      } else if (host0 === role.host || host1 === role.host) {
        const other = host0 === role.host ? host1 : host0
        this.#private.set(other, new PartitionOwner(place, other, role.rules))
      }
    }
    if (global === undefined) throw new SmemError('EINVAL', 'there is no global heap')
    this.#global = global
    this.#itemCount = version === 11 ? TOC_ENTRIES : itemCount(port, table, count)
  }

  /** For the holder of the lock. @throws SmemError EEXIST, ENOMEM, ENOSPC, EINVAL */
  alloc(request: RemoteRequest): RemoteItem {
    const { id, size } = request
    this.#checkId(id, this.#role.rules.firstId)
    if (!(Number.isInteger(size) && size >= 0 && size <= 0xffffffff)) {
      throw new SmemError('EINVAL', `${size} is no size in bytes`, { item: id })
    }
    return this.#serving(request).alloc(request)
  }

  /** For the holder of the lock, as vendor kernels look up. @throws SmemError ENXIO, ENOENT, EINVAL */
  find(lookup: RemoteLookup): RemoteItem {
    this.#checkId(lookup.id, 0)
    return this.#serving(lookup).find(lookup)
  }

  #checkId(id: number, first: number): void {
    if (Number.isInteger(id) && id >= first && id < this.#itemCount) return
    throw new SmemError('EINVAL', `item ${id} is not to be had`, { item: id })
  }

  #serving({ host }: RemoteLookup): Owner {
    return (host === undefined ? undefined : this.#private.get(host)) ?? this.#global
  }
}

function entryCount(port: MemoryPort, table: number): number {
  if (table < 0 || port.read32(table + PtableHeader.offsets.magic) !== PTABLE_MAGIC) return 0
  return Math.min(port.read32(table + PtableHeader.offsets.numEntries), PTABLE_MAX_ENTRIES)
}

function itemCount(port: MemoryPort, table: number, entries: number): number {
  const info = table + ptableEntryOffset(entries)
  if (port.read32(info + InfoRecord.offsets.magic) !== INFO_MAGIC) return TOC_ENTRIES
  return port.read32(info + InfoRecord.offsets.numItems) & 0xffff
}

function words(port: MemoryPort, at: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => port.read32(at + i * 4))
}
