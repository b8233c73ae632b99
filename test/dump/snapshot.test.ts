// SPDX-License-Identifier: MIT
// Snapshots of fake SoCs, taken apart by a reader of ELF that shares nothing with their writer: every byte that may
// be seen, nothing that may not, and a heap that there was.

import assert from 'node:assert/strict'
import os from 'node:os'
import { decodeNote } from '#lib/dump/note.js'
import { SmemError } from '#lib/errors.js'
import { takeSnapshot } from '#lib/inspect/snapshot.js'
import { BytesPort } from '#lib/port/bytes.js'
import { readBytes } from '#lib/port/copy.js'
import type { MemoryPort } from '#lib/port/port.js'
import { wrapper } from '#lib/port/wrapper.js'
import { Smem } from '#lib/smem.js'
import { openFake } from '#lib/source/fake.js'
import type { Source } from '#lib/source/source.js'
import { buildImage } from '#lib/testing/image.js'
import { sdm845 } from '#lib/testing/profiles/sdm845.js'
import { profileNames } from '#lib/testing/profiles.js'
import { loadsOf, notesOf, segmentsOf } from './elf.js'

const options = { tool: { name: 'qcom-smem', version: '9.8.7' } }

/** Called with each stretch of words that is read, before it is. */
type Reading = (offset: number, size: number) => void

function telling(port: MemoryPort, reading: Reading): MemoryPort {
  return wrapper(port, {
    read32(offset) {
      reading(offset, 4)
      return port.read32(offset)
    },
    readWords(offset, into) {
      reading(offset, into.length * 4)
      port.readWords(offset, into)
    },
  })
}

/** A source whose main region tells what is read of it. */
function telltale(source: Source, reading: Reading): Source {
  const [main, ...auxiliary] = source.regions
  return { ...source, regions: [{ ...main, port: telling(main.port, reading) }, ...auxiliary] }
}

/** Bytes as the SMEM of a running SoC. */
function running(bytes: Uint8Array, more: Partial<Source> = {}): Source {
  const port = new BytesPort(bytes, { base: 0x86000000 })
  return { ...openFake('sdm845', {}), board: null, regions: [{ kind: 'main', port }], ...more }
}

const dump = { live: false, foreign: true } as const

describe('a snapshot', () => {
  for (const name of profileNames) {
    it(`has every byte of ${name} that apps may see, at its address, and no other`, () => {
      const source = openFake(name, {})
      const { bytes, note } = takeSnapshot(source, options)
      const loads = loadsOf(Buffer.from(bytes))
      let covered = 0
      for (const { base, bytes: memory } of loads) {
        const { port } = source.regions.find(({ port }) => {
          return base >= port.base && base + memory.length <= port.base + port.size
        })!
        assert.ok(memory.equals(readBytes(port, base - port.base, memory.length)), `at ${base}`)
        covered += memory.length
      }
      const sizes = (of: readonly { size: number }[]) => of.reduce((sum, { size }) => sum + size, 0)
      assert.equal(covered, sizes(note.regions) - sizes(note.regions.flatMap(({ holes }) => holes)))
      const bases = loads.map(({ base }) => base)
      assert.deepEqual(
        bases,
        [...bases].sort((a, b) => a - b),
      )
      source.close()
    })
  }

  it('never touches a partition between two others, and has a hole there', () => {
    const foreign = buildImage(sdm845.describe()).partitions.filter(
      ({ host0, host1 }) => host0 !== 0 && host1 !== 0 && host0 !== 0xfffe,
    )
    assert.equal(foreign.length, 1)
    const { offset, size } = foreign[0]!
    let read = 0
    const source = telltale(openFake('sdm845', {}), (at, length) => {
      assert.ok(at + length <= offset || at >= offset + size, `${length} bytes at ${at}`)
      read += length
    })
    const { note, bytes } = takeSnapshot(source, options)
    assert.ok(read >= 0x200000 - size)
    assert.deepEqual(note.regions[0].holes, [{ offset, size }])
    assert.equal(note.foreign, false)
    const hole = 0x86000000 + offset
    assert.deepEqual(
      loadsOf(Buffer.from(bytes)).filter(
        ({ base, bytes: { length } }) => base < hole + size && base + length > hole,
      ),
      [],
    )
  })

  it('has its note in front, which says where it is from', () => {
    const source = openFake('sdm845', {})
    const { bytes, note } = takeSnapshot(source, options)
    const file = Buffer.from(bytes)
    assert.equal(segmentsOf(file)[0]!.type, 4)
    const [{ name, type, description }, ...others] = notesOf(file) as [
      ReturnType<typeof notesOf>[0],
    ]
    assert.deepEqual([name, type, others], ['QCOM-SMEM', 0x4d454d53, []])
    assert.deepEqual(decodeNote(description), note)
    const { time, ...rest } = note
    assert.equal(new Date(time).toISOString(), time)
    assert.deepEqual(rest, {
      tool: options.tool,
      host: os.hostname(),
      kernel: null,
      source: 'fake:sdm845',
      live: true,
      regions: note.regions,
      localHost: 0,
      foreign: false,
      board: sdm845.board,
      hwlock: { address: 0x1f43000, owner: 0 },
      torn: false,
    })
    source.close()
  })

  it('of a machine names its kernel, and the mutex that may not be read as nobody knows whose', () => {
    const image = buildImage(sdm845.describe()).bytes
    const source = running(image, {
      name: 'live',
      board: sdm845.board,
      hwlockOwner: () => null,
      warnings: ['the message RAM is out of reach'],
    })
    const { note, warnings } = takeSnapshot(source, options)
    assert.equal(note.kernel, `${os.release()} ${os.machine()}`)
    assert.deepEqual(note.hwlock, { address: 0x1f43000, owner: null })
    assert.deepEqual(warnings, ['the message RAM is out of reach'])
  })

  it('of a dump has the partitions of all, and no holes', () => {
    const image = buildImage(sdm845.describe()).bytes
    const source = running(image, { live: false, foreign: true, name: 'file:x' })
    const { note, bytes } = takeSnapshot(source, { ...options, localHost: 5 })
    assert.deepEqual([note.foreign, note.live, note.localHost], [true, false, 5])
    assert.deepEqual(note.regions[0].holes, [])
    assert.deepEqual(loadsOf(Buffer.from(bytes))[0]!.bytes, Buffer.from(image))
  })

  it('has memory that no driver would accept, too', () => {
    const { bytes, note } = takeSnapshot(running(new Uint8Array(10001), dump), options)
    assert.equal(note.regions[0].size, 10001)
    assert.equal(loadsOf(Buffer.from(bytes))[0]!.bytes.length, 10001)
  })

  it('of a running SoC without a table has header and table page only, and says so', () => {
    const { note, warnings } = takeSnapshot(running(new Uint8Array(0x8000)), options)
    assert.deepEqual(note.regions[0].holes, [{ offset: 0x20d0, size: 0x7000 - 0x20d0 }])
    assert.match(warnings.join(), /only header and partition table/)
  })

  it('refuses regions that overlap', () => {
    const port = new BytesPort(new Uint8Array(0x4000), { base: 0x86003000 })
    const main = new BytesPort(new Uint8Array(0x8000), { base: 0x86000000 })
    const regions = [
      { kind: 'main', port: main },
      { kind: 'aux', port },
    ] as const
    assert.throws(
      () => takeSnapshot(running(new Uint8Array(4), { ...dump, regions }), options),
      (error) => error instanceof SmemError && error.code === 'EINVAL',
    )
  })
})

describe('the heap in a snapshot', () => {
  /** A fake SoC in which an item is allocated each time that the copy has come half way, `times` times. */
  function busy(times: number) {
    const smem = Smem.open({ source: 'fake:msm8916', writable: true })
    let allocated = 0
    const source = telltale(smem.source, (_, size) => {
      if (size < 0x10000 || allocated === times) return
      smem.alloc(300 + allocated, 64)
      allocated++
    })
    return { smem, source }
  }

  it('is read once where nobody allocates', () => {
    using smem = Smem.open({ source: 'fake' })
    const { tries, note } = takeSnapshot(smem.source, options)
    assert.deepEqual([tries, note.torn], [1, false])
  })

  it('is read again where somebody allocates meanwhile', () => {
    const { smem, source } = busy(3)
    const { tries, note, bytes, warnings } = takeSnapshot(source, options)
    assert.deepEqual([tries, note.torn, warnings], [4, false, []])
    const main = loadsOf(Buffer.from(bytes)).find(
      ({ base }) => base === smem.source.regions[0].port.base,
    )!
    assert.ok(main.bytes.equals(readBytes(smem.source.regions[0].port, 0, main.bytes.length)))
    smem.close()
  })

  it('is said to be torn where somebody allocates each time', () => {
    const { smem, source } = busy(Number.POSITIVE_INFINITY)
    const { tries, note, bytes, warnings } = takeSnapshot(source, { ...options, tries: 5 })
    assert.deepEqual([tries, note.torn], [5, true])
    assert.match(warnings.join(), /5 times .* torn/)
    assert.equal(decodeNote(notesOf(Buffer.from(bytes))[0]!.description).torn, true)
    smem.close()
  })

  const built = buildImage(sdm845.describe())
  const ours = built.partitions.filter(({ host0, host1 }) => host0 === 0 || host1 === 0)
  for (const [what, at] of [
    ['a record of the table of contents', 0xd0 + 16 * 200],
    ['the free offset', 0xc4],
    ['the partition table', 0x1ff000 + 32 + 8],
    ['the free offset of the global partition', built.partitions[0]!.offset + 0x0c],
    ['the free offset of the last cached side', ours.at(-1)!.offset + 0x10],
  ] as const) {
    it(`is read again where ${what} changes meanwhile`, () => {
      const image = Buffer.from(built.bytes)
      let changed = false
      const source = telltale(running(image), (_, size) => {
        if (size < 0x10000 || changed) return
        changed = true
        image.writeUInt32LE((image.readUInt32LE(at) ^ 8) >>> 0, at)
      })
      const { tries, note, bytes } = takeSnapshot(source, options)
      assert.deepEqual([tries, note.torn], [2, false])
      const address = 0x86000000 + at
      const { base, bytes: copied } = loadsOf(Buffer.from(bytes)).find(
        ({ base, bytes: { length } }) => address >= base && address < base + length,
      )!
      assert.equal(copied.readUInt32LE(address - base), image.readUInt32LE(at))
    })
  }
})
