// SPDX-License-Identifier: MIT
// A SoC without the SoC: its SMEM regions and its mutex bank in one memfd, behind the same ports as /dev/mem.
// Any process that can open the descriptor attaches to the same memory; a remote processor is such a process.

import { closeSync } from 'node:fs'
import { hexAddress, SmemError } from '../errors.js'
import type { LockPlaces } from '../lock/heap-lock.js'
import { LockWord } from '../lock/word.js'
import { mapMemfd } from '../port/memfd.js'
import { type MemoryPort, readOnly } from '../port/port.js'
import type { ImageDescription } from './description.js'
import { buildImage, type SmemImage } from './image.js'
import {
  encodeManifest,
  type Manifest,
  type ManifestRange,
  type ManifestRegion,
  type RegionKind,
  readManifest,
  SCHEMA,
  writeAt,
} from './manifest.js'
import { createMemory, openMemory } from './memory-file.js'
import { type FakeBoard, fakeBoard } from './profile.js'
import { defaultProfile, findProfile } from './profiles.js'
import type { RemoteKind } from './remote/kind.js'
import type { RemoteOptions, RemoteProcessor } from './remote/remote-processor.js'

/**
 * Memory of a fake SoC.
 * @see {@link MemoryPort}
 */
export interface FakeRegion {
  readonly kind: RegionKind
  readonly port: MemoryPort
}

/**
 * What may be done with a fake SoC.
 * @see {@link FakeSoc.attach}
 */
export interface FakeSocOptions {
  /** Whether the ports of this object take stores; they do by default. */
  readonly writable?: boolean
}

/**
 * What a new fake SoC is beside its memory.
 * @see {@link FakeSoc.fromImage}
 */
export interface FromImageOptions extends FakeSocOptions {
  /** The board to be found on; one with a mutex bank at 0x01f40000 by default. */
  readonly board?: FakeBoard | undefined
  /** Name of the profile that the image was built from. */
  readonly profile?: string
  /** How many bits of an owner id the mutex registers keep. Default 32. */
  readonly ownerBits?: number
}

const PAGE = 4096

/**
 * A fake SoC. Each one is memory of its own; it lasts until its last user has closed it.
 * @example
 * ```ts
 * import { Smem } from 'qcom-smem'
 * import { FakeSoc } from 'qcom-smem/testing'
 *
 * using soc = FakeSoc.create('msm8916')
 * console.log(soc.profile, soc.board.soc) // msm8916 qcom,msm8916
 * console.log(soc.bank.size, soc.hwlock.owner()) // 131072 0
 *
 * // Any process that knows the path works on the same memory.
 * using smem = Smem.open({ source: `fake:${soc.path}` })
 * console.log(smem.version.major) // 11
 * ```
 */
export class FakeSoc {
  /** Profile it was made from, null for a description or an image of the caller's. */
  readonly profile: string | null
  readonly board: FakeBoard
  /** Region 0, then the auxiliary regions in the order of the board. */
  readonly regions: readonly [FakeRegion, ...FakeRegion[]]
  /** The mutex bank as plain words, for looking, and for breaking it: a store here obeys no rule. */
  readonly bank: MemoryPort
  readonly #manifest: Manifest
  #hwlock: LockWord | null = null
  #fd: number | null

  /**
   * A new SoC from a profile or from a description.
   * @throws SmemError EINVAL for an unknown profile, ENODEV without the native module, and as `buildImage`
   * @example
   * ```ts
   * import { FakeSoc } from 'qcom-smem/testing'
   *
   * using soc = FakeSoc.create('sc7280')
   * using own = FakeSoc.create({
   *   version: 12,
   *   base: 0x86000000,
   *   size: 0x100000,
   *   partitions: [{ global: true, size: 0x10000, items: [{ id: 137, size: 96 }] }],
   * })
   * console.log(soc.profile, own.profile) // sc7280 null
   * ```
   */
  static create(
    what: string | ImageDescription = defaultProfile,
    options: FromImageOptions = {},
  ): FakeSoc {
    if (typeof what === 'object') return FakeSoc.fromImage(buildImage(what), options)
    const { name, board, describe } = findProfile(what)
    return FakeSoc.fromImage(buildImage(describe()), { ...options, board, profile: name })
  }

  /**
   * A new SoC whose memory starts as a copy of `image`.
   * @throws SmemError ENODEV without the native module
   * @example
   * ```ts
   * import { FakeSoc, fakeBoard, profiles, buildImage } from 'qcom-smem/testing'
   *
   * const image = buildImage(profiles.msm8916.describe())
   * image.patch32(0xc0, 0) // the heap was never set up
   * const { carveOut, auxiliary } = profiles.msm8916.board
   * const board = fakeBoard({ model: 'desk', compatible: ['acme,desk'], carveOut, auxiliary, tcsr: 0x1905000 })
   * using soc = FakeSoc.fromImage(image, { board, ownerBits: 8 })
   * console.log(soc.board.model) // desk
   * ```
   */
  static fromImage(image: SmemImage, options: FromImageOptions = {}): FakeSoc {
    const { board = genericBoard(image), profile = null, writable = true, ownerBits = 32 } = options
    const { ranges, end } = layOut([...image.regions.map(rangeOf), board.hwlock.bank])
    const bank = ranges.pop()!
    const [main, ...auxiliary] = ranges.map((range, i): ManifestRegion => {
      return { kind: i === 0 ? 'main' : 'aux', ...range }
    })
    const manifest: Manifest = {
      schema: SCHEMA,
      profile,
      board,
      regions: [main!, ...auxiliary],
      bank,
      ownerMask: 2 ** ownerBits - 1,
      lockFile: end,
    }
    const trailer = encodeManifest(manifest)
    const size = roundToPage(end + PAGE + trailer.length)
    const fd = createMemory(profile ?? 'image', size)
    return FakeSoc.#open(fd, writable, () => {
      image.regions.forEach(({ bytes }, i) => {
        writeAt(fd, manifest.regions[i]!.position, bytes)
      })
      writeAt(fd, size - trailer.length, trailer)
      return manifest
    })
  }

  /**
   * The same SoC as another object's, which may be in another process: `target` is its `path`, or a
   * descriptor that was inherited or received (which stays the caller's).
   * @throws SmemError ENOENT or EACCES where the path cannot be opened, EINVAL or EISDIR where it is no fake
   *   SoC, ENODEV without the native module
   * @example
   * ```ts
   * import { FakeSoc } from 'qcom-smem/testing'
   *
   * using soc = FakeSoc.create()
   * using same = FakeSoc.attach(soc.fd, { writable: false }) // in another process: soc.path
   * soc.regions[0].port.write32(0x100, 42)
   * console.log(same.regions[0].port.read32(0x100)) // 42
   * ```
   */
  static attach(target: string | number, { writable = true }: FakeSocOptions = {}): FakeSoc {
    const path = typeof target === 'number' ? `/proc/self/fd/${target}` : target
    const fd = openMemory(path, writable)
    return FakeSoc.#open(fd, writable, () => readManifest(fd, path))
  }

  /** Takes over `fd`, whatever happens. */
  static #open(fd: number, writable: boolean, prepare: () => Manifest): FakeSoc {
    const ports: MemoryPort[] = []
    try {
      return new FakeSoc(fd, prepare(), ({ position, size, base }, wide) => {
        const port = mapMemfd(fd, { position, size, base, writable, wide })
        ports.push(port)
        return port
      })
    } catch (error) {
      for (const port of ports) port.close()
      closeSync(fd)
      throw error
    }
  }

  private constructor(
    fd: number,
    manifest: Manifest,
    map: (range: ManifestRange, wide?: boolean) => MemoryPort,
  ) {
    const { profile, board, bank } = manifest
    this.#manifest = manifest
    const [main, ...auxiliary] = manifest.regions
    // As on a board: the carve-out is DRAM, message RAM takes 32-bit accesses only.
    const region = (range: ManifestRegion): FakeRegion => ({
      kind: range.kind,
      port: map(range, range.kind === 'main'),
    })
    this.profile = profile
    this.board = board
    this.regions = [region(main), ...auxiliary.map(region)]
    this.bank = map(bank)
    this.#fd = fd
  }

  /** Descriptor of the memfd, close-on-exec; name it in a child's `stdio` to hand it over. */
  get fd(): number {
    if (this.#fd === null) throw new SmemError('EBADF', 'this fake SoC was closed')
    return this.#fd
  }

  /** Where other processes of this user find it for as long as this process has it open. */
  get path(): string {
    return `/proc/${process.pid}/fd/${this.fd}`
  }

  /**
   * SMEM's mutex word, which takes an owner id only while it is free, as the hardware does.
   * @throws SmemError EROFS where this object is for looking only, EBADF after close
   */
  get hwlock(): LockWord {
    const { mutex } = this.lockPlaces
    if (!this.bank.writable)
      throw readOnly({ ...mutex, base: mutex.address, size: 4, closed: false })
    this.#hwlock ??= new LockWord(mutex, mutex.address)
    return this.#hwlock
  }

  /**
   * Where a HeapLock of this SoC works. Whoever takes one has locks of its own, also in this process.
   * @internal
   */
  get lockPlaces(): LockPlaces {
    const { fd } = this
    const { regions, bank, ownerMask, lockFile } = this.#manifest
    const { address } = this.board.hwlock
    const position = bank.position + address - bank.base
    return {
      heap: { fd, ...regions[0] },
      mutex: { fd, position, field: ownerMask, address },
      file: { path: this.path, position: lockFile, plain: false },
      kernelBound: false,
    }
  }

  /**
   * Another processor at work in this SoC: a process of its own, that obeys.
   * @throws SmemError what its start gives
   * @example
   * ```ts
   * import { Smem, SmemError } from 'qcom-smem'
   * import { FakeSoc } from 'qcom-smem/testing'
   *
   * using soc = FakeSoc.create()
   * using smem = Smem.open({ source: `fake:${soc.path}`, writable: true, lockTimeout: 20 })
   * await using modem = await soc.remote('modem')
   * await modem.alloc(300, 64)
   * console.log(smem.get(300).size) // 64
   * await modem.die({ holding: true }) // and now nobody gets the lock
   * try {
   *   smem.alloc(301, 64)
   * } catch (error) {
   *   const { code, host } = error as SmemError
   *   console.log(code, host) // ETIMEDOUT 1
   * }
   * ```
   */
  async remote(kind: RemoteKind, options?: RemoteOptions): Promise<RemoteProcessor> {
    // Loaded when one is played: a fake that is only looked at has none.
    const { RemoteProcessor } = await import('./remote/remote-processor.js')
    return RemoteProcessor.start(this, kind, options)
  }

  /**
   * Overwrites the word at a physical address, as broken firmware would.
   * @throws SmemError EINVAL outside the regions and the bank, EBADF after close
   * @example
   * ```ts
   * import { Smem } from 'qcom-smem'
   * import { FakeSoc } from 'qcom-smem/testing'
   *
   * using soc = FakeSoc.create()
   * using smem = Smem.open({ source: `fake:${soc.path}` })
   * const item = smem.get(137)
   * soc.patch32(item.address + 4, 206) // now it says that it is another chip
   * console.log(item.read32(4)) // 206
   * ```
   */
  patch32(address: number, value: number): void {
    const ports = [...this.regions.map(({ port }) => port), this.bank]
    const port = ports.find(({ base, size }) => address >= base && address < base + size)
    if (port === undefined) {
      throw new SmemError('EINVAL', `the fake SoC has no memory at ${hexAddress(address)}`, {
        address,
      })
    }
    port.write32(address - port.base, value)
  }

  /**
   * Gives the memory back. Idempotent; others that are attached keep theirs.
   * @example
   * ```ts
   * import { FakeSoc } from 'qcom-smem/testing'
   *
   * const soc = FakeSoc.create()
   * const other = FakeSoc.attach(soc.path)
   * soc.close()
   * console.log(other.regions[0].port.read32(0xc0)) // 1
   * other.close()
   * ```
   */
  close(): void {
    if (this.#fd === null) return
    for (const { port } of this.regions) port.close()
    this.bank.close()
    this.#hwlock?.close()
    closeSync(this.#fd)
    this.#fd = null
  }

  /** As `close`. */
  [Symbol.dispose](): void {
    this.close()
  }
}

function rangeOf({ base, bytes }: { base: number; bytes: Uint8Array }) {
  return { base, size: bytes.length }
}

/** Places in the file, each from a page boundary. */
function layOut(ranges: readonly { readonly base: number; readonly size: number }[]) {
  let end = 0
  const placed = ranges.map(({ base, size }): ManifestRange => {
    const position = end
    end = roundToPage(position + size)
    return { base, size, position }
  })
  return { ranges: placed, end }
}

function roundToPage(size: number): number {
  return Math.ceil(size / PAGE) * PAGE
}

function genericBoard({ regions }: SmemImage): FakeBoard {
  const [carveOut, ...auxiliary] = regions.map(rangeOf)
  return fakeBoard({
    model: 'fake SoC',
    compatible: [],
    carveOut: carveOut!,
    auxiliary,
    tcsr: 0x01f40000,
  })
}
