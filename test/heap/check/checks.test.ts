// SPDX-License-Identifier: MIT
// Every check fires on the heap that is broken for it, alone, and on no healthy one.

import assert from 'node:assert/strict'
import { hexAddress } from '#lib/errors.js'
import { checkHeap, checks } from '#lib/heap/check/checks.js'
import type { Finding } from '#lib/heap/check/finding.js'
import type { Regions } from '#lib/heap/region.js'
import type { FenceKind, MemoryPort } from '#lib/port/port.js'
import type { ImageDescription } from '#lib/testing/description.js'
import { buildImage } from '#lib/testing/image.js'
import { findProfile, profileNames } from '#lib/testing/profiles.js'
import { crowded, MESSAGE_RAM, regionsOf, v12 } from '../images.js'
import { asBuilt, broken, brokenRegions, healthy11, healthy12, Part } from './broken.js'

const [global] = v12.partitions!

const healthy: Record<string, ImageDescription> = {
  ...Object.fromEntries(profileNames.map((name) => [name, findProfile(name).describe()])),
  'version 11 with a partition and message RAM': healthy11,
  'version 11 without partitions': { ...healthy11, partitions: undefined!, info: false },
  'version 11 with an empty table': { ...healthy11, partitions: [] },
  'version 11 without items': { ...healthy11, fixedItems: false, global: [] },
  'version 12 with ids above 511': healthy12,
  'version 12 without an info record': {
    ...healthy12,
    info: false,
    partitions: [{ global: true, size: 0x1000 }],
  },
  'no cache line and no cached items': {
    ...healthy12,
    partitions: [
      global!,
      { host0: 0, host1: 1, size: 0x1000, cacheline: 0, items: [{ id: 9, size: 3 }] },
    ],
  },
  'gaps before uncached data': {
    ...healthy12,
    partitions: [
      global!,
      { host0: 0, host1: 1, size: 0x1000, items: [{ id: 9, size: 3, gap: 24 }] },
    ],
  },
  'a partition that is full': {
    ...healthy12,
    partitions: [global!, { host0: 0, host1: 1, size: 0x40, items: [{ id: 9, size: 16 }] }],
  },
  'a partition with room for nothing': {
    ...healthy12,
    partitions: [global!, { host0: 0, host1: 1, size: 0x20 }],
  },
  'an SMEM above 4 GiB': { ...healthy12, base: 0x9_86300000 },
}

const named = (findings: readonly Finding[]) =>
  [...new Set(findings.map(({ check }) => check))].sort()

describe('the checks', () => {
  it('have names of their own, and say what they mean', () => {
    const names = checks.map(({ name }) => name)
    assert.equal(new Set(names).size, names.length)
    for (const { name, explanation } of checks) {
      assert.match(name, /^[a-z]+(-[a-z]+)+$/)
      assert.ok(explanation.length > 100 && explanation.endsWith('.'), name)
    }
  })

  it('each have a broken heap here', () => {
    assert.deepEqual(
      Object.keys(broken),
      checks.map(({ name }) => name),
    )
  })

  for (const [name, description] of Object.entries(healthy)) {
    it(`find nothing wrong with ${name}`, () => {
      for (const localHost of [0, 1, 2]) {
        for (const foreign of [false, true]) {
          const findings = checkHeap(regionsOf(buildImage(description)), { localHost, foreign })
          assert.deepEqual(findings, [])
        }
      }
    })
  }
})

for (const { name, severity } of checks) {
  describe(name, () => {
    broken[name]!.forEach((heap, i) => {
      it(`is found where it is so, ${i + 1}`, () => {
        const { regions, address } = brokenRegions(heap)
        const findings = checkHeap(regions, { foreign: true })
        assert.deepEqual(named(findings), [name, ...(heap.also ?? [])].sort())
        const found = findings.find(
          (finding) =>
            finding.check === name &&
            finding.item === (heap.item ?? null) &&
            finding.host === (heap.host ?? null) &&
            finding.address !== null &&
            hexAddress(finding.address) === address,
        )
        assert.ok(found, JSON.stringify({ findings, address }, null, 1))
        assert.ok(found.message.length > 10)
        if (name !== 'heap-accounting') assert.equal(found.severity, severity)
      })

      it(`is not found without it, ${i + 1}`, () => {
        const findings = checkHeap(regionsOf(buildImage(heap.from)), { foreign: true })
        assert.equal(named(findings).includes(name), heap.spoil === asBuilt)
      })
    })
  })
}

describe('heap-accounting', () => {
  it('is only a warning in version 12, where nobody uses the words', () => {
    const severities = broken['heap-accounting']!.map(
      (heap) =>
        checkHeap(brokenRegions(heap).regions).find(({ check }) => check === 'heap-accounting')!
          .severity,
    )
    assert.deepEqual(severities, ['error', 'error', 'error', 'warning'])
  })
})

describe('partition-overlap', () => {
  it('is told of both partitions, for neither is safe to allocate in', () => {
    const [heap] = broken['partition-overlap']!
    const hosts = checkHeap(brokenRegions(heap!).regions).map(({ host }) => host)
    assert.deepEqual(hosts, [1, 2])
  })
})

describe('a run over a heap', () => {
  it('tells the worst first, global before the hosts, each by address', () => {
    const image = buildImage(healthy12)
    for (const index of [Part.MODEM, Part.ADSP, Part.GLOBAL]) {
      image.patch32(image.partitions[index]!.offset, 0)
    }
    image.patch32(0xcc, 1)
    image.patch32(0x40, 0x000b0000)
    const findings = checkHeap(regionsOf(image), { foreign: true })
    assert.deepEqual(
      findings.map(({ check, severity, host }) => `${severity} ${check} ${host ?? '-'}`),
      [
        'error header-reserved -',
        'error partition-magic -',
        'error partition-magic 1',
        'error partition-magic 2',
        'warning version-mismatch -',
      ],
    )
  })

  it('sees the partitions of the host that looks', () => {
    const image = buildImage(healthy12)
    image.patch32(image.partitions[Part.FOREIGN]!.offset, 0)
    const hosts = (localHost: number, foreign: boolean) =>
      checkHeap(regionsOf(image), { localHost, foreign }).map(({ host }) => host)
    assert.deepEqual(hosts(1, false), [2])
    assert.deepEqual(hosts(2, false), [1])
    assert.deepEqual(hosts(0, true), [null])
  })

  it('reads nothing of a partition between two others on a running SoC', () => {
    const image = buildImage(healthy12)
    const { offset, size } = image.partitions[Part.FOREIGN]!
    image.patch32(offset, 0)
    const [main] = regionsOf(image)
    const port = new WatchedPort(main.port, offset, offset + size)
    assert.deepEqual(checkHeap([{ kind: 'main', port }]), [])
    assert.equal(port.touched, false)
    checkHeap([{ kind: 'main', port }], { foreign: true })
    assert.equal(port.touched, true)
  })

  it('reads nothing of auxiliary regions', () => {
    const [main, ...auxiliary] = regionsOf(buildImage(healthy11))
    const port = new WatchedPort(auxiliary[0]!.port, 0, 0x1000)
    assert.equal(port.base, MESSAGE_RAM)
    assert.deepEqual(checkHeap([main, { kind: 'aux', port }]), [])
    assert.equal(port.touched, false)
  })

  it('does not read the table of contents of version 12', () => {
    const image = buildImage(healthy12)
    image.bytes.fill(0xff, 0xd0, 0x20d0)
    assert.deepEqual(checkHeap(regionsOf(image), { foreign: true }), [])
  })

  it('looks again on a running SoC before it tells: what was half-way is gone by then', () => {
    const image = buildImage(healthy11)
    const [main, ...auxiliary] = regionsOf(image)
    const freeOffset = image.read32(0xc4)
    // The allocator is between its record and the free offset, during the first look only.
    const allocate = [
      [0xd0 + 300 * 16 + 4, freeOffset],
      [0xd0 + 300 * 16 + 8, 8],
      [0xd0 + 300 * 16, 1],
    ] as const
    for (const [offset, value] of allocate) image.patch32(offset, value)
    const half: Regions = [main, ...auxiliary]
    assert.deepEqual(named(checkHeap(half)), ['toc-past-free'])
    const port = new WatchedPort(main.port, 0xd0, 0xd4, () => {
      image.patch32(0xc4, freeOffset + 8)
      image.patch32(0xc8, image.read32(0xc8) - 8)
    })
    assert.deepEqual(checkHeap([{ kind: 'main', port }, ...auxiliary]), [])
    assert.equal(port.touched, true)
  })

  it('tells a thousand findings of a kind, and how many more there are', () => {
    const image = buildImage({
      version: 12,
      base: 0x80000000,
      size: 0x20000,
      partitions: [{ global: true, size: 0x10000 }],
    })
    const { offset } = image.partitions[0]!
    for (let at = 0x20; at < 0x10000; at += 16) image.patch32(offset + at, 0x0009a5a5)
    image.patch32(offset + 12, 0x10000)
    const findings = checkHeap(regionsOf(image), { foreign: true })
    const sizes = findings.filter(({ check }) => check === 'entry-size')
    assert.equal(sizes.length, 1001)
    const entries = (0x10000 - 0x20) / 16
    assert.ok(
      sizes.some(
        ({ message, item }) => item === null && message.includes(`${entries - 1000} more`),
      ),
    )
  })

  it('gives up on partitions that hold more entries than memory can', () => {
    const port = new WatchedPort(regionsOf(crowded())[0].port, 0, 0)
    const findings = checkHeap([{ kind: 'main', port }], { foreign: true })
    assert.ok(findings.some(({ message }) => message.includes('too many entries')))
    assert.ok(port.reads < 300_000, `${port.reads} reads`)
  })
})

/** Notes whether a stretch of it was read, and how often anything was. */
class WatchedPort implements MemoryPort {
  readonly base: number
  readonly size: number
  readonly writable = false
  touched = false
  reads = 0
  readonly #port: MemoryPort
  readonly #from: number
  readonly #to: number
  readonly #then: () => void

  constructor(port: MemoryPort, from: number, to: number, then = () => {}) {
    this.base = port.base
    this.size = port.size
    this.#port = port
    this.#from = from
    this.#to = to
    this.#then = then
  }

  read32(offset: number): number {
    const value = this.#port.read32(offset)
    this.#note(offset, 4)
    return value
  }

  readWords(offset: number, into: Uint32Array): void {
    this.#port.readWords(offset, into)
    this.#note(offset, into.length * 4)
  }

  write32(): never {
    throw new Error('a check writes')
  }

  writeWords(): never {
    throw new Error('a check writes')
  }

  fence(_kind: FenceKind): void {}

  close(): void {}

  #note(offset: number, length: number): void {
    this.reads++
    if (offset >= this.#to || offset + length <= this.#from) return
    if (!this.touched) {
      this.touched = true
      this.#then()
    }
  }
}
