// SPDX-License-Identifier: MIT
// The policy for the C++ code: what goes around the type system says why it may, nothing copies memory
// behind our back, and no JavaScript buffer lies over a mapping.

import assert from 'node:assert/strict'
import { readProjectFile, sources } from './source.js'

/** How far above a line its reason may stand. */
const REACH = 9

const unsafe = /\bvolatile\b|\breinterpret_cast\b|\bconst_cast\b|\bstatic_cast<[^<>]*\*>|\basm\b/
const copies = /\b(w?mem(cpy|move|set|cmp|pcpy)|bcopy|bzero|std::(copy|fill|move_backward)\w*)\b/
const buffers = /\b(ArrayBuffer|napi_create_(external|arraybuffer|buffer)\w*|Napi::Buffer)\b/

/** Lines of code, without what stands in comments, with their numbers. */
function codeOf(name: string): [number: number, code: string][] {
  return readProjectFile(name)
    .split('\n')
    .map((line, index): [number, string] => [index + 1, line.replace(/\/\/.*$/, '')])
}

function offences(name: string, pattern: RegExp): string[] {
  return codeOf(name)
    .filter(([, code]) => pattern.test(code))
    .map(([number, code]) => `${name}:${number}: ${code.trim()}`)
}

function unexplained(name: string): string[] {
  const lines = readProjectFile(name).split('\n')
  return codeOf(name)
    .filter(([, code]) => unsafe.test(code))
    .filter(([number]) => {
      const above = lines.slice(Math.max(0, number - 1 - REACH), number)
      return !above.some((line) => line.includes('// SAFETY: '))
    })
    .map(([number, code]) => `${name}:${number}: ${code.trim()}`)
}

describe('the native sources', () => {
  for (const name of sources) {
    describe(name, () => {
      it('says why each volatile, pointer cast and asm is safe', () => {
        assert.deepEqual(unexplained(name), [])
      })

      it('copies memory word by word, never by the C library', () => {
        assert.deepEqual(offences(name, copies), [])
      })

      it('makes no buffer for JavaScript', () => {
        assert.deepEqual(offences(name, buffers), [])
      })

      it('opens with its licence and what it is', () => {
        const [licence, prose] = readProjectFile(name).split('\n')
        assert.equal(licence, '// SPDX-License-Identifier: MIT')
        assert.match(prose ?? '', /^\/\/ \S/)
      })
    })
  }

  it('touch volatile memory in few places', () => {
    const places = sources.filter((name) => codeOf(name).some(([, code]) => unsafe.test(code)))
    assert.deepEqual(places, [
      'native/arguments.h',
      'native/fence.cc',
      'native/mapping.cc',
      'native/record.cc',
      'native/words.cc',
      'native/words.h',
    ])
  })
})
