// SPDX-License-Identifier: MIT
// One heap on which processes die: what is in it before, a plan that a victim makes, and what the memory may be
// afterwards, to the bit.

import { spawnSync } from 'node:child_process'
import type { AllocRequest } from '#lib/heap/allocation.js'
import { Heap } from '#lib/heap/heap.js'
import { identityWords } from '#lib/lock/identity.js'
import { BytesPort } from '#lib/port/bytes.js'
import { Plan } from '#lib/port/plan.js'
import { Smem } from '#lib/smem.js'
import type { ImageDescription } from '#lib/testing/description.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { v11, v12 } from '../heap/images.js'
import { nodeCommand } from '../node.js'
import { execute } from '../port/executor.js'
import { type ListedItem, read } from '../property/reader.js'
import type { Errand } from './victim.js'

export interface Kind {
  readonly name: string
  readonly description: ImageDescription
  readonly options: Pick<AllocRequest, 'host' | 'cached' | 'zero'>
}

/** The second partition, that of host 2, with room for what is tried here. */
const roomy: ImageDescription = {
  ...v12,
  partitions: v12.partitions!.map((partition, i) =>
    i === 1 ? { ...partition, size: 0x8000 } : partition,
  ),
}

const heaps: readonly Kind[] = [
  { name: 'table of contents', description: v11, options: {} },
  { name: 'uncached items', description: roomy, options: { host: 2 } },
  { name: 'cached items', description: roomy, options: { host: 2, cached: true } },
]

/** Every heap, and each once more with items that are zeroed first. */
export const kinds: readonly Kind[] = heaps.flatMap((kind) => [
  kind,
  { ...kind, name: `${kind.name}, zeroed`, options: { ...kind.options, zero: true } },
])

const VICTIMS_ID = 251
const MODULE = 'build-death/Release/qcom_smem.node'
const VICTIM = 'build-death/core/victim'

/** How a process ended. */
export interface End {
  readonly signal: string | null
  readonly code: number | null
}

export class Scene {
  readonly soc: FakeSoc
  /** The one that lives on. */
  readonly survivor: Smem
  readonly #kind: Kind

  constructor(kind: Kind, { ownerBits = 32, ownerId = VICTIMS_ID } = {}) {
    this.#kind = kind
    this.soc = FakeSoc.create(kind.description, { ownerBits })
    this.survivor = Smem.open({ source: `fake:${this.soc.path}`, writable: true, ownerId })
    // What is free is not all zeros on a board.
    const { port } = this.soc.regions[0]
    const { place } = this.survivor.planAlloc(500, 0x4000, kind.options)
    port.writeWords(place.offset, new Uint32Array(0x1000).fill(0xdeadbeef))
  }

  /** The other reader's view of an item; null where it is not there. */
  seen(id: number): ListedItem | null {
    const { port } = this.soc.regions[0]
    const [main, ...aux] = this.soc.regions.map((region) => {
      const words = region.port === port ? this.memory() : new Uint32Array(region.port.size / 4)
      if (region.port !== port) region.port.readWords(0, words)
      return { base: region.port.base, bytes: new Uint8Array(words.buffer) }
    })
    const reading = read({ ...main!, aux, localHost: 0 })
    if (reading.exit !== 0) throw new Error(`the other reader gave up: ${reading.code}`)
    const { host = null } = this.#kind.options
    return reading.items.find((item) => item.id === id && item.host === host) ?? null
  }

  /** The words of region 0. */
  memory(): Uint32Array {
    const { port } = this.soc.regions[0]
    const words = new Uint32Array(port.size / 4)
    port.readWords(0, words)
    return words
  }

  /** What the memory is once these are allocated, in this order, by the executor of the tests. */
  after(memory: Uint32Array, requests: readonly AllocRequest[]): Uint32Array {
    const copy = memory.slice()
    const { base } = this.soc.regions[0].port
    const port = new BytesPort(new Uint8Array(copy.buffer), { base, writable: true })
    const aux = this.soc.regions.slice(1).map(({ port }) => ({ kind: 'aux' as const, port }))
    const heap = new Heap([{ kind: 'main', port }, ...aux])
    for (const request of requests) {
      const planned = heap.planAlloc(request)
      if (planned.refusal !== null) throw planned.refusal
      execute(planned.plan, port)
    }
    return copy
  }

  request(id: number, size: number): AllocRequest {
    return { id, size, ...this.#kind.options }
  }

  /** A process of its own that commits this allocation, by the core alone, and dies at milestone `at`. */
  kill({ id, size }: { id: number; size: number }, at: number): End {
    return this.#commit(this.survivor.planAlloc(id, size, this.#kind.options).plan, at)
  }

  /** A process that does no more than to recover, and dies at milestone `at`. */
  killRecovering(at: number): End {
    return this.#commit(new Plan(), at)
  }

  /** The same as `kill`, by the whole library in a Node. */
  killNode({ id, size }: { id: number; size: number }, at: number): End {
    const [command, ...prefix] = nodeCommand()
    const errand: Errand = { soc: this.soc.path, id, size, ...(this.#kind.options as object) }
    const script = new URL('victim.js', import.meta.url).pathname
    const { signal, status, stderr } = spawnSync(
      command,
      [...prefix, script, JSON.stringify(errand)],
      {
        encoding: 'utf8',
        env: { ...process.env, QCOM_SMEM_BINDING: MODULE, QCOM_SMEM_DIE_AT: String(at) },
      },
    )
    if (signal === null && status !== 0) throw new Error(`the victim failed: ${stderr}`)
    return { signal, code: status }
  }

  close(): void {
    this.survivor.close()
    this.soc.close()
  }

  #commit(plan: Plan, at: number): End {
    const { heap, mutex, file } = this.soc.lockPlaces
    const places = [heap.position, heap.size, mutex.position, mutex.field, file.position]
    const words = Uint32Array.from([
      ...places.flatMap((place) => [place % 2 ** 32, Math.floor(place / 2 ** 32)]),
      ...identityWords(heap.base, mutex.address),
      VICTIMS_ID,
      ...plan.encode(),
    ])
    const { signal, status, error } = spawnSync(VICTIM, [this.soc.path], {
      input: Buffer.from(words.buffer),
      env: { QCOM_SMEM_DIE_AT: String(at) },
    })
    if (error !== undefined) throw error
    return { signal, code: status }
  }
}
