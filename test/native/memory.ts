// SPDX-License-Identifier: MIT
// Memory for the tests of the native module: memfds that close with the test, and what the kernel says is
// mapped in this process.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { NativeBinding } from '#lib/native/binding.js'
import { loadNative } from '#lib/native/load.js'

export const native: NativeBinding = loadNative()

/** Runs `body` with a memfd of `size` bytes. */
export function withMemfd<T>(size: number, body: (fd: number) => T, name = 'qcom-smem-test'): T {
  const fd = native.createMemfd(name, size)
  try {
    return body(fd)
  } finally {
    native.closeMemfd(fd)
  }
}

export interface MappedPages {
  readonly bytes: number
  readonly permissions: string
  readonly offset: number
}

/** The mappings of this process whose file name contains `name`. */
export function mappedPages(name: string): MappedPages[] {
  return readFileSync('/proc/self/maps', 'utf8')
    .split('\n')
    .filter((line) => line.includes(name))
    .map((line) => {
      const [range = '', permissions = '', offset = ''] = line.split(' ')
      const [start = '', end = ''] = range.split('-')
      return {
        bytes: Number(BigInt(`0x${end}`) - BigInt(`0x${start}`)),
        permissions,
        offset: Number.parseInt(offset, 16),
      }
    })
}

/** Asserts that `call` throws an Error with exactly these properties. */
export function assertThrows(call: () => unknown, expected: Record<string, unknown>): void {
  assert.throws(call, (error: NodeJS.ErrnoException & { address?: unknown }) => {
    assert.ok(error instanceof Error)
    for (const [key, value] of Object.entries(expected)) {
      assert.equal((error as unknown as Record<string, unknown>)[key], value, `${key} of ${error}`)
    }
    assert.ok(error.message.startsWith(`${expected.code}: `), error.message)
    return true
  })
}
