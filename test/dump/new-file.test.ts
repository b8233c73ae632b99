// SPDX-License-Identifier: MIT
// New files, where others use the same folder: what a killed run left, and what appears in the last moment.

import assert from 'node:assert/strict'
import fs, { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeNewFile } from '#lib/dump/new-file.js'

const bytes = Buffer.from('whole')

describe('a new file', () => {
  const { lstatSync, linkSync, openSync } = fs
  let folder: string
  let path: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'new-file-'))
    path = join(folder, 'smem.elf')
  })
  afterEach(() => {
    played({ lstatSync, linkSync, openSync })
    rmSync(folder, { recursive: true })
  })

  /** Puts functions of the file system in the place of its own. */
  function played(functions: object): void {
    Object.assign(fs, functions)
    syncBuiltinESMExports()
  }

  it('is not in the way of what a killed run left', () => {
    const left = `smem.elf.${process.pid}.part`
    writeFileSync(join(folder, left), 'half')
    writeNewFile(path, bytes, { replace: false })
    assert.deepEqual(readdirSync(folder).sort(), ['smem.elf', left].sort())
    assert.equal(readFileSync(path, 'latin1'), 'whole')
  })

  it('is written under another name where one is taken', () => {
    let first: string | null = null
    played({
      openSync: (name: string, ...rest: [string, number]) => {
        if (first === null) {
          first = name
          writeFileSync(name, 'of somebody else')
        }
        return openSync(name, ...rest)
      },
    })
    writeNewFile(path, bytes, { replace: false })
    assert.equal(readFileSync(path, 'latin1'), 'whole')
    assert.equal(readFileSync(first!, 'latin1'), 'of somebody else')
  })

  for (const replace of [false, true]) {
    it(`that appears after the last look ${replace ? 'is replaced' : 'stays'}`, () => {
      let looks = 0
      played({
        lstatSync: (name: string, options: object) => {
          const stat = lstatSync(name, options as { throwIfNoEntry: false })
          if (name === path && ++looks === 2) writeFileSync(path, 'dear')
          return stat
        },
      })
      const write = () => writeNewFile(path, bytes, { replace })
      if (replace) write()
      else assert.throws(write, { code: 'EEXIST', origin: undefined, hint: /--force/ })
      assert.equal(looks, 2)
      assert.equal(readFileSync(path, 'latin1'), replace ? 'whole' : 'dear')
      assert.deepEqual(readdirSync(folder), ['smem.elf'])
    })
  }

  it('is renamed on file systems that have no links', () => {
    played({
      linkSync: () => {
        throw Object.assign(new Error('no links here'), { code: 'EPERM' })
      },
    })
    writeNewFile(path, bytes, { replace: false })
    assert.equal(readFileSync(path, 'latin1'), 'whole')
    assert.deepEqual(readdirSync(folder), ['smem.elf'])
  })
})
