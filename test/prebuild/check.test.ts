// SPDX-License-Identifier: MIT
// Nothing is packed with a binary that is missing, altered, outdated, for another processor, or asks for more than a
// board has.

import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { Checkout } from './checkout.js'

const arm = 'prebuilds/linux-arm/qcom_smem.node'

interface Spoiled {
  readonly spoil: (checkout: Checkout) => void
  readonly complaint: string
}

/** Each is the only complaint. */
const cases: Record<string, Spoiled> = {
  'without any binary': {
    spoil: (checkout) => rmSync(checkout.path('prebuilds'), { recursive: true }),
    complaint: 'prebuilds/manifest.json is missing: there are no prebuilt binaries',
  },
  'without one of them': {
    spoil: (checkout) => rmSync(checkout.binary('linux-arm')),
    complaint: `${arm} is missing`,
  },
  'with sources that have changed': {
    spoil: (checkout) => checkout.edit('native/fence.cc', (text) => `${text}\n`),
    complaint:
      'prebuilds/ is stale: native/, cmake/, CMakeLists.txt or the headers have changed since',
  },
  'with another version of the headers': {
    spoil: (checkout) =>
      checkout.edit('package.json', (text) => text.replace(/("node-api-headers": ")/, '$1^')),
    complaint:
      'prebuilds/ is stale: native/, cmake/, CMakeLists.txt or the headers have changed since',
  },
  'with a binary that nobody has tried': {
    spoil: (checkout) => checkout.edit(arm, (bytes) => `${bytes}\0`),
    complaint: `${arm} is not the file that was built and tested`,
  },
  'with a binary for another processor': {
    spoil: (checkout) =>
      checkout.edit(arm, (bytes) => `${bytes.slice(0, 18)}\x3e${bytes.slice(19)}`, { known: true }),
    complaint: `${arm} is for Advanced Micro Devices X86-64, not ARM`,
  },
  'with something that is no binary': {
    spoil: (checkout) => checkout.edit(arm, () => 'version https://git-lfs', { known: true }),
    complaint: `${arm} is for nothing, not ARM`,
  },
  'with a binary for a later glibc': {
    spoil: (checkout) =>
      checkout.edit(arm, (bytes) => bytes.replace('GLIBC_2.28', 'GLIBC_2.38'), { known: true }),
    complaint: `${arm} needs GLIBC_2.38; boards have 2.28`,
  },
  'with a binary for a later C++ library': {
    spoil: (checkout) =>
      checkout.edit(arm, (bytes) => bytes.replace('GLIBCXX_3.4.21', 'GLIBCXX_3.4.31'), {
        known: true,
      }),
    complaint: `${arm} needs GLIBCXX_3.4.31; boards have 3.4.25`,
  },
  'with a binary that asks for a library of its own': {
    spoil: (checkout) =>
      checkout.edit(arm, (bytes) => bytes.replace('libgcc_s.so.1', 'libzzz_s.so.1'), {
        known: true,
      }),
    complaint: `${arm} needs the library libzzz_s.so.1, which Node does not bring along`,
  },
}

describe('a package', () => {
  it('is packed with what npm run prebuild has made', () => {
    using checkout = new Checkout()
    assert.deepEqual(checkout.check(), { status: 0, lines: [] })
  })

  for (const [name, { spoil, complaint }] of Object.entries(cases)) {
    it(`is not packed ${name}`, () => {
      using checkout = new Checkout()
      spoil(checkout)
      assert.deepEqual(checkout.check(), {
        status: 1,
        lines: [complaint, 'prebuild: nothing is packed like this: npm run prebuild'],
      })
    })
  }

  it('is refused with all that is wrong, not only the first', () => {
    using checkout = new Checkout()
    rmSync(checkout.binary('linux-x64'))
    rmSync(checkout.binary('linux-arm64-musl'))
    checkout.edit('CMakeLists.txt', (text) => `${text}\n`)
    assert.equal(checkout.check().lines.length, 4)
  })
})
