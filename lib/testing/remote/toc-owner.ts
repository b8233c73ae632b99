// SPDX-License-Identifier: MIT
// A table of contents as other processors use it, told once more and without a line of lib/heap: this is what the
// library has to get on with. Source: Linux drivers/soc/qcom/smem.c, qcom_smem_alloc_global().

import { SmemError } from '../../errors.js'
import { AVAILABLE, FREE_OFFSET, TocEntry, tocEntryOffset } from '../../layout/header.js'
import type { MemoryPort } from '../../port/port.js'
import type { RemoteItem, RemoteLookup, RemoteRequest } from './request.js'

const word = TocEntry.offsets

export class TocOwner {
  readonly #port: MemoryPort

  constructor(port: MemoryPort) {
    this.#port = port
  }

  alloc({ id, size }: RemoteRequest): RemoteItem {
    const port = this.#port
    const entry = tocEntryOffset(id)
    if (port.read32(entry + word.allocated) !== 0) {
      throw new SmemError('EEXIST', `entry ${id} is taken`, { item: id })
    }
    const needed = size + ((8 - (size % 8)) % 8)
    const available = port.read32(AVAILABLE)
    if (needed > available) {
      throw new SmemError('ENOMEM', `${available} bytes are too few for ${needed}`, { item: id })
    }
    const offset = port.read32(FREE_OFFSET)
    port.write32(entry + word.offset, offset)
    port.write32(entry + word.size, needed)
    port.fence('store')
    port.write32(entry + word.allocated, 1)
    port.write32(FREE_OFFSET, (offset + needed) >>> 0)
    port.write32(AVAILABLE, available - needed)
    return { id, size: needed, host: null, cached: false, offset }
  }

  find({ id }: RemoteLookup): RemoteItem {
    const [allocated, offset, size] = [word.allocated, word.offset, word.size].map((at) =>
      this.#port.read32(tocEntryOffset(id) + at),
    ) as [number, number, number]
    if (allocated === 0) throw new SmemError('ENXIO', `entry ${id} is free`, { item: id })
    return { id, size, host: null, cached: false, offset }
  }
}
