// SPDX-License-Identifier: MIT
// What the compiler made of it: the fences are the instructions that the kernel uses, the word loops call no
// memcpy, and no access to a mapping is wider than it was written. Looked at in every binary that is there.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { relative } from 'node:path'
import { disassemble } from './disassembly.js'
import { binaries, projectFile } from './source.js'

const fences: Record<string, Record<string, string>> = {
  x64: { FenceLoad: 'lfence', FenceStore: 'sfence', FenceFull: 'mfence' },
  ia32: { FenceLoad: 'lfence', FenceStore: 'sfence', FenceFull: 'mfence' },
  arm64: { FenceLoad: 'dsb ld', FenceStore: 'dsb st', FenceFull: 'dsb sy' },
  arm: { FenceLoad: 'dsb sy', FenceStore: 'dsb st', FenceFull: 'dsb sy' },
}

// Accesses of more than one word (LoadWide: of more than two), but for those to the stack.
const x86Loads = /^v?mov\w* .*\(%[re]\w+.*\),%[xyz]mm/
const tooWide: Record<string, Record<string, RegExp>> = {
  x64: {
    LoadWords: /^v?mov(?!d )\w* [^,]*\(.*\),%(r[a-ds]\w|r\d+$|[xyz]mm)/,
    LoadWide: /^v?mov(?!d |q )\w* [^,]*\(.*\),%[xyz]mm/,
    StoreWords: /^v?mov\w* %(r[a-ds][ixp]|r\d+|[xyz]mm\d+),.*\(/,
  },
  ia32: { LoadWords: x86Loads, StoreWords: /^v?mov\w* %[xyz]mm\d+,.*\(/ },
  arm64: {
    LoadWords: /^(ldn?p|ldu?r [xqd]\d|ld[1-4]) ?(?!.*\[sp)/,
    LoadWide: /^(ldn?p|ldu?r q|ld[1-4]) ?(?!.*\[sp)/,
    StoreWords: /^(stn?p|stu?r [xqd]\d|st[1-4]) ?(?!.*\[sp)/,
  },
  arm: {
    LoadWords: /^(ldrd|ldm|vld)(?!.*\bsp\b)/,
    StoreWords: /^(strd|stm|vst)(?!.*\bsp\b)/,
  },
}

describe('the compiled module', () => {
  const all = binaries()

  it('is there for this machine', () => {
    // Only an instrumented build is, in the sanitizer lane.
    const instrumented = process.env.QCOM_SMEM_BINDING?.includes('asan') ?? false
    assert.ok(instrumented || all.some(({ arch }) => arch === process.arch))
  })

  for (const binary of all) {
    describe(`${relative(projectFile('.'), binary.path)} (${binary.arch})`, () => {
      const functions = disassemble(binary)
      const bodyOf = (name: string) => {
        const body = functions.get(name)
        assert.ok(body, `${name} is in the symbol table`)
        return body.map(({ text }) => text)
      }

      for (const [name, instruction] of Object.entries(fences[binary.arch] ?? {})) {
        it(`${name} is ${instruction}`, () => {
          assert.equal(bodyOf(name)[0], instruction)
          assert.match(bodyOf(name)[1] ?? '', /^(ret|bx lr)/)
        })
      }

      for (const name of ['LoadWords', 'LoadWide', 'StoreWords']) {
        it(`${name} calls nothing but its like`, () => {
          const elsewhere = bodyOf(name).filter(
            (instruction) =>
              /<.*>/.test(instruction) && !/<qcom_smem::(Load|Store)W/.test(instruction),
          )
          assert.deepEqual(elsewhere, [])
        })
      }

      for (const [name, pattern] of Object.entries(tooWide[binary.arch] ?? {})) {
        it(`${name} makes no access wider than it should`, () => {
          assert.deepEqual(
            bodyOf(name).filter((instruction) => pattern.test(instruction)),
            [],
          )
        })
      }

      it('runs with the glibc that Node itself asks for, or with none', () => {
        const symbols = execFileSync(binary.objdump, ['-T', binary.path], {
          encoding: 'utf8',
          env: { PATH: process.env.PATH },
        })
        const minors = [...symbols.matchAll(/GLIBC_2\.(\d+)/g)].map(([, minor]) => Number(minor))
        assert.equal(minors.length > 0, !binary.path.includes('musl'))
        assert.ok(Math.max(...minors) <= 28, `GLIBC_2.${Math.max(...minors)}`)
      })
    })
  }
})
