// SPDX-License-Identifier: MIT
// The order of the mutex and of a plan's steps, as the processor gets it: looked at in every binary that is there,
// because the source says nothing of what a compiler moved, merged or turned into a memset.

import assert from 'node:assert/strict'
import { relative } from 'node:path'
import { callsOf, disassemble, waysThrough } from './disassembly.js'
import { binaries, projectFile } from './source.js'

/** Stores that are not to the stack, whatever their width and address. */
const stores: Record<string, RegExp> = {
  x64: /^(v?mov\w* [%$][^,(]*,[^%]*\((?!%rsp)|rep|stos)/,
  ia32: /^(v?mov\w* [%$][^,(]*,[^%]*\((?!%esp)|rep|stos)/,
  arm64: /^(st[lnu]?[pr]\w*|st[1-4]|dc) (?!.*\[sp)/,
  arm: /^(str\w*|stm\w*|vst\w*)(\.w)? (?!.*\bsp\b)/,
}

/** Those of exactly one word. */
const wordStores: Record<string, RegExp> = {
  x64: /^movl? (\$0x0|%(e\w\w|r\d+d)),/,
  ia32: /^movl? (\$0x0|%e\w\w),/,
  arm64: /^str w/,
  arm: /^str(\.w)? r/,
}

/** Functions of the C library that move memory. */
const movers = /^_*(mem(cpy|move|set)|aeabi_mem)/

describe('the order in the compiled module', () => {
  for (const binary of binaries()) {
    describe(`${relative(projectFile('.'), binary.path)} (${binary.arch})`, () => {
      const { arch } = binary
      const functions = disassemble(binary)
      const bodyOf = (name: string) => {
        const body = functions.get(name)
        assert.ok(body, `${name} is in the symbol table`)
        return body
      }
      const storesOf = (name: string) =>
        bodyOf(name)
          .map(({ text }) => text)
          .filter((text) => stores[arch]!.test(text))
      const assertWordStores = (name: string) => {
        assert.ok(storesOf(name).length > 0, `${name} stores`)
        const others = storesOf(name).filter((store) => !wordStores[arch]!.test(store))
        assert.deepEqual(others, [])
      }

      it('takes the mutex by a write, a fence, a read and a fence', () => {
        const ways = waysThrough(bodyOf('Mutex::TryLock'), arch)
          .map((events) => events.filter((event) => event !== 'compare').join(' '))
          .sort()
        assert.deepEqual(
          [...new Set(ways)],
          ['store FenceFull load FenceFull', 'swap FenceFull load FenceFull'],
        )
      })

      it('releases it by a read, a comparison, a fence, a write and a fence, or writes nothing', () => {
        const ways = waysThrough(bodyOf('Mutex::Unlock'), arch).map((events) => events.join(' '))
        assert.deepEqual([...new Set(ways)].sort(), [
          'load compare',
          'load compare FenceFull store FenceFull',
        ])
      })

      it('reads what a word publishes after that word and a fence, or nothing', () => {
        const ways = waysThrough(bodyOf('LoadPublished'), arch).map((events) =>
          events.filter((event) => event !== 'compare').join(' '),
        )
        assert.deepEqual([...new Set(ways)].sort(), ['load', 'load FenceLoad'])
        assert.deepEqual(callsOf(bodyOf('LoadPublished')), ['FenceLoad', 'LoadWords'])
      })

      it('makes of a step one store of a word, or calls what it says', () => {
        assertWordStores('ApplyStep')
        assert.equal(storesOf('ApplyStep').length, 1)
        const calls = callsOf(bodyOf('ApplyStep'))
        assert.deepEqual([...new Set(calls)].sort(), ['ClearWords', 'FenceFull', 'FenceStore'])
      })

      it('clears word by word, and calls nothing', () => {
        assertWordStores('ClearWords')
        assert.deepEqual(callsOf(bodyOf('ClearWords')), [])
      })

      it('compares guards without a call', () => {
        assert.deepEqual(callsOf(bodyOf('Plan::GuardsHold')), [])
      })

      it('moves no memory in what runs under the mutex', () => {
        for (const name of ['HeapLock::CommitAlone', 'HeapLock::Apply', 'HeapLock::Acquire']) {
          const calls = callsOf(bodyOf(name))
          assert.ok(calls.length > 0, `${name} calls something`)
          assert.deepEqual(
            calls.filter((call) => movers.test(call)),
            [],
            name,
          )
        }
      })
    })
  }
})
