// SPDX-License-Identifier: MIT
// What dynamic linkers say of a module that is for somebody else, as glibc 2.36 and musl 1.2.5 were heard to say it,
// and what is made of that; and what is said of files that no linker is asked about.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assertLoadable, plainReason } from '#lib/native/reason.js'

const file = '/p/prebuilds/linux-arm64/qcom_smem.node'

const sayings = {
  'libc.musl-x86_64.so.1: cannot open shared object file: No such file or directory':
    'it is for musl, and this is glibc',
  [`Error relocating ${file}: gnu_get_libc_version: symbol not found`]:
    'it is for glibc, and this is musl',
  [`Error relocating ${file}: posix_fallocate64: symbol not found`]:
    'it is for glibc, and this is musl',
  [`/lib/x86_64-linux-gnu/libc.so.6: version \`GLIBC_2.38' not found (required by ${file})`]:
    'it needs GLIBC_2.38, and this system is older',
  [`/usr/lib/libstdc++.so.6: version \`GLIBCXX_3.4.32' not found (required by ${file})`]:
    'it needs GLIBCXX_3.4.32, and this system is older',
  'libstdc++.so.6: cannot open shared object file: No such file or directory':
    'it needs libstdc++, which is not installed',
  [`Error loading shared library libstdc++.so.6: No such file or directory (needed by ${file})`]:
    'it needs libstdc++, which is not installed',
  'something\n  that nobody expected': 'something that nobody expected',
}

describe('the reason why a native module is not loaded', () => {
  for (const [said, meant] of Object.entries(sayings)) {
    it(`is, where the linker says "${said.slice(0, 40)}...": ${meant}`, () => {
      assert.equal(plainReason(said), meant)
    })
  }
})

describe('a file that cannot be a native module here', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'reason-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  /** The first bytes of an ELF file, in the order of `EI_DATA`. */
  function header(data: number, machine: readonly [number, number]): string {
    const path = join(folder, `elf-${data}-${machine[0]}-${machine[1]}`)
    writeFileSync(
      path,
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, data, ...Array(12).fill(0), ...machine]),
    )
    return path
  }

  const files: [string, () => string, string][] = [
    ['is for a processor of the other byte order', () => header(2, [0, 22]), 'it is for s390x'],
    ['is for another one of this order', () => header(1, [8, 0]), 'it is for mips'],
    ['is for one that Node does not know', () => header(2, [0x12, 0x34]), 'processor 4660'],
    ['is not there', () => join(folder, 'missing'), 'no such file'],
    ['is a folder', () => folder, 'it cannot be read (EISDIR)'],
  ]
  for (const [what, make, reason] of files) {
    it(`${what}: ${reason}`, () => {
      assert.throws(
        () => assertLoadable(make()),
        ({ message }: Error) => message.includes(reason),
      )
    })
  }

  it('is a pipe, and is not waited for', () => {
    const path = join(folder, 'pipe')
    execFileSync('mkfifo', [path])
    assert.throws(() => assertLoadable(path), { message: 'it is no ELF file' })
  })
})
