// SPDX-License-Identifier: MIT
// What dynamic linkers say of a module that is for somebody else, as glibc 2.36 and musl 1.2.5 were heard to say it,
// and what is made of that.

import assert from 'node:assert/strict'
import { plainReason } from '#lib/native/reason.js'

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
