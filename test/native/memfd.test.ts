// SPDX-License-Identifier: MIT
// A memfd stands in for SMEM: its size is sealed, and another process reaches it only by a descriptor that
// was handed over, or through /proc.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, readlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { nodeCommand } from '../node.js'
import { assertThrows, native, withMemfd } from './memory.js'

const SIZE = 8192
const neighbour = fileURLToPath(new URL('neighbour.js', import.meta.url))

/** Runs another process that adds 1 to the word at 8 of the memory it finds at `path`. */
async function runNeighbour(path: string, descriptors: number[]): Promise<number | null> {
  const [command, ...prefix] = nodeCommand()
  const child = spawn(command, [...prefix, neighbour, path], {
    stdio: ['ignore', 'inherit', 'inherit', ...descriptors],
  })
  const [code] = await once(child, 'exit')
  return code as number | null
}

describe('native memfd', () => {
  it('has exactly the size asked for, and is zero', () => {
    withMemfd(SIZE, (fd) => {
      assert.equal(fstatSync(fd).size, SIZE)
      const memory = native.map(fd, 0, SIZE, false)
      const words = new Uint32Array(SIZE / 4).fill(1)
      memory.readWords(0, words)
      assert.ok(words.every((word) => word === 0))
      memory.close()
    })
    withMemfd(5, (fd) => assert.equal(fstatSync(fd).size, 5))
  })

  it('carries its name', () => {
    withMemfd(
      SIZE,
      (fd) => assert.match(readlinkSync(`/proc/self/fd/${fd}`), /memfd:a soc/),
      'a soc',
    )
  })

  it('can neither shrink nor grow', () => {
    withMemfd(SIZE, (fd) => {
      for (const size of [0, SIZE - 4096, SIZE + 4096]) {
        assert.throws(() => ftruncateSync(fd, size), { code: 'EPERM' })
      }
      ftruncateSync(fd, SIZE)
      const again = openSync(`/proc/self/fd/${fd}`, 'r+')
      assert.throws(() => ftruncateSync(again, 0), { code: 'EPERM' })
      closeSync(again)
    })
  })

  it('is closed when another program is executed', () => {
    withMemfd(SIZE, (fd) => {
      const flags = /flags:\s+(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1]
      const closeOnExec = 0o2000000
      assert.equal(Number.parseInt(flags ?? '0', 8) & closeOnExec, closeOnExec)
    })
  })

  it('is shared with a child that inherits the descriptor', async () => {
    const fd = native.createMemfd('inherited', SIZE)
    const memory = native.map(fd, 0, SIZE, true)
    memory.write32(8, 41)
    assert.equal(await runNeighbour('3', [fd]), 0)
    assert.equal(memory.read32(8), 42)
    memory.close()
    closeSync(fd)
  })

  it('is shared with a process that opens /proc/PID/fd/N', async () => {
    const fd = native.createMemfd('opened', SIZE)
    const memory = native.map(fd, 0, SIZE, true)
    memory.write32(8, 1)
    assert.equal(await runNeighbour(`/proc/${process.pid}/fd/${fd}`, []), 0)
    assert.equal(memory.read32(8), 2)
    memory.close()
    closeSync(fd)
  })

  it('refuses a name or a size that makes no sense', () => {
    for (const size of [0, -1, 1.5, Number.NaN, 2 ** 64, undefined]) {
      assertThrows(() => native.createMemfd('x', size as number), { code: 'EINVAL' })
    }
    assertThrows(() => native.createMemfd(7 as unknown as string, 4096), { code: 'EINVAL' })
  })

  it('closes a descriptor once', () => {
    const fd = native.createMemfd('closed', SIZE)
    native.closeMemfd(fd)
    for (const wrong of [fd, -1, 0.5]) {
      assertThrows(() => native.closeMemfd(wrong), { code: 'EBADF', errno: -9, syscall: 'close' })
    }
  })

  it('tells what the kernel said', () => {
    assertThrows(() => native.createMemfd('x'.repeat(300), 4096), {
      code: 'EINVAL',
      errno: -22,
      syscall: 'memfd_create',
    })
  })
})
