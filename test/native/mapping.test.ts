// SPDX-License-Identifier: MIT
// What is mapped: the pages that hold the range and no others, wherever the range begins. A sparse file
// stands in for /dev/mem where the addresses are high.

import assert from 'node:assert/strict'
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assertThrows, mappedPages, native, withMemfd } from './memory.js'

const MiB = 1024 * 1024

/** A sparse file of `size` bytes, as long as `body` runs. */
function withSparseFile(size: number, body: (fd: number, path: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-native-'))
  const path = join(folder, 'physical')
  const fd = openSync(path, 'w+')
  try {
    ftruncateSync(fd, size)
    body(fd, path)
  } finally {
    closeSync(fd)
    rmSync(folder, { recursive: true })
  }
}

describe('native map', () => {
  it('shares the memory: two mappings see each other', () => {
    withMemfd(MiB, (fd) => {
      const one = native.map(fd, 0, MiB, true)
      const two = native.map(fd, 65536, 4096, false)
      one.write32(65536 + 12, 0x600d)
      assert.equal(two.read32(12), 0x600d)
      one.close()
      two.close()
    })
  })

  it('outlives the descriptor', () => {
    const memory = withMemfd(4096, (fd) => native.map(fd, 0, 4096, true))
    memory.write32(0, 3)
    assert.equal(memory.read32(0), 3)
    memory.close()
  })

  it('starts in the middle of a page where the position does', () => {
    withMemfd(4 * 65536, (fd) => {
      writeSync(fd, Uint8Array.of(0x11, 0x22, 0x33, 0x44), 0, 4, 65536 + 0x610)
      const mutex = native.map(fd, 65536 + 0x610, 4, false)
      assert.equal(mutex.read32(0), 0x44332211)
      assertThrows(() => mutex.read32(4), { code: 'EINVAL', address: 65536 + 0x614 })
      mutex.close()
    })
  })

  it('maps only the pages that hold the range', () => {
    const name = 'qcom-smem-few-pages'
    withMemfd(
      16 * 65536,
      (fd) => {
        const word = native.map(fd, 65536 + 0x610, 4, false)
        const across = native.map(fd, 4 * 65536 - 4, 8, true)
        const [first, second] = mappedPages(name).sort((a, b) => a.offset - b.offset)
        const page = first?.bytes ?? 0
        assert.ok(page === 4096 || page === 16384 || page === 65536, `${page} bytes mapped`)
        assert.deepEqual(first, { bytes: page, permissions: 'r--s', offset: 65536 })
        assert.deepEqual(second, {
          bytes: 2 * page,
          permissions: 'rw-s',
          offset: 4 * 65536 - page,
        })
        word.close()
        across.close()
      },
      name,
    )
  })

  for (const position of [0x80900000, 0xffe00000, 2 ** 32, 0x1_0000_0610, 0x8_8090_0004]) {
    it(`reaches position 0x${position.toString(16)}`, () => {
      withSparseFile(position + 8192, (fd) => {
        writeSync(fd, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 0, 8, position)
        const memory = native.map(fd, position, 8192, true)
        const words = new Uint32Array(2)
        memory.readWords(0, words)
        assert.deepEqual([...words], [0x04030201, 0x08070605])
        assertThrows(() => memory.read32(8192), { code: 'EINVAL', address: position + 8192 })
        memory.close()
      })
    })
  }

  it('maps a carve-out that ends exactly at 4 GiB', () => {
    withSparseFile(2 ** 32, (fd) => {
      const memory = native.map(fd, 0xffe00000, 0x200000, true)
      memory.write32(0x1ffffc, 9)
      assert.equal(memory.read32(0x1ffffc), 9)
      memory.close()
    })
  })

  it('refuses a range that the file does not reach, instead of a bus error later', () => {
    const refused = { code: 'EINVAL', errno: -22, syscall: 'mmap' }
    withMemfd(8192, (fd) => {
      assertThrows(() => native.map(fd, 4096, 4100, false), { ...refused, address: 4096 })
      assertThrows(() => native.map(fd, 8192, 4, false), { ...refused, address: 8192 })
      native.map(fd, 4096, 4096, false).close()
    })
    withSparseFile(0, (fd) => {
      assertThrows(() => native.map(fd, 0, 4, false), { ...refused, address: 0 })
    })
  })

  it('leaves the position of the file alone', () => {
    withSparseFile(8192, (fd) => {
      writeSync(fd, 'abcd')
      native.map(fd, 0, 8192, false).close()
      writeSync(fd, 'efgh')
      const memory = native.map(fd, 4, 4, false)
      assert.equal(memory.read32(0), 0x68676665)
      memory.close()
    })
  })

  it('maps a device, which has no end', () => {
    const fd = openSync('/dev/zero', 'r+')
    const memory = native.map(fd, 0, MiB, true)
    assert.equal(memory.read32(MiB - 4), 0)
    memory.close()
    closeSync(fd)
  })

  it('tells what the kernel said, in which call, and where', () => {
    withSparseFile(8192, (_, path) => {
      const reading = openSync(path, 'r')
      assertThrows(() => native.map(reading, 4096, 4096, true), {
        code: 'EACCES',
        errno: -13,
        syscall: 'mmap',
        address: 4096,
      })
      closeSync(reading)
      assertThrows(() => native.map(reading, 0, 4096, false), {
        code: 'EBADF',
        errno: -9,
        syscall: 'statx',
        address: 0,
      })
    })
    const folder = openSync(tmpdir(), 'r')
    assertThrows(() => native.map(folder, 0, 4096, false), {
      code: 'ENODEV',
      errno: -19,
      syscall: 'mmap',
    })
    closeSync(folder)
  })

  it('says ENOMEM where the address space is too small', () => {
    const fd = openSync('/dev/zero', 'r')
    assertThrows(() => native.map(fd, 0, 2 ** 52, false), { code: 'ENOMEM', syscall: 'mmap' })
    closeSync(fd)
  })

  it('refuses arguments that make no sense', () => {
    withMemfd(8192, (fd) => {
      const bad: [position: unknown, size: unknown, writable: unknown][] = [
        [1, 4, false],
        [-4, 4, false],
        [Number.NaN, 4, false],
        [2.5, 4, false],
        [2 ** 64, 4, false],
        ['0', 4, false],
        [0, 0, false],
        [0, 3, false],
        [0, -4, false],
        [0, Number.NaN, false],
        [0, Number.POSITIVE_INFINITY, false],
        [0, undefined, false],
        [0, 4, undefined],
        [0, 4, 1],
      ]
      for (const [position, size, writable] of bad) {
        const map = () => native.map(fd, position as number, size as number, writable as boolean)
        assertThrows(map, { code: 'EINVAL', syscall: undefined })
      }
      assertThrows(() => native.map(fd, 0, 4, true, 1 as unknown as boolean), { code: 'EINVAL' })
      for (const other of [-1, 1.5, Number.NaN, 2 ** 31, 'x', undefined]) {
        assertThrows(() => native.map(other as number, 0, 4, false), { code: 'EBADF' })
      }
    })
  })
})
