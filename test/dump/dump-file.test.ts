// SPDX-License-Identifier: MIT
// Files of dumps: what is read of them, by whatever way, and what is no such file.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pageAligned } from '#lib/dump/direct-file.js'
import { DumpFile, readPiece } from '#lib/dump/dump-file.js'
import { openDumpFile } from '#lib/dump/format.js'

describe('a file of a dump', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dump-file-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  const write = (name: string, bytes: Uint8Array | string) => {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    return path
  }
  const bytes = Buffer.from(
    Uint8Array.from({ length: 20_001 }, (_, i) => (i * 31 + (i >> 8)) & 0xff),
  )

  it('is read in pieces', () => {
    const file = new DumpFile(write('plain', bytes))
    assert.equal(file.size, bytes.length)
    assert.ok(readPiece(file, 4097, 5000).equals(bytes.subarray(4097, 9097)))
    file.close()
    file.close()
    assert.throws(() => readPiece(file, 0, 1), { code: 'EBADF' })
    assert.throws(() => file.readThrough(), { code: 'EBADF' })
  })

  it('is the same past the cache, at any position and into any buffer', () => {
    const file = new DumpFile(write('through', bytes))
    const through = file.readThrough()
    try {
      const aligned = pageAligned(16_384)
      for (const into of [
        aligned,
        aligned.subarray(0, 5000),
        Buffer.alloc(8192),
        aligned.subarray(7),
      ]) {
        for (const position of [0, 4096, 100, bytes.length - into.length]) {
          if (position + into.length > bytes.length) continue
          // By way of the cache, past it, and by the faster of the two.
          for (let i = 0; i < 3; i++) {
            into.fill(0)
            through.read(position, into)
            assert.ok(bytes.subarray(position, position + into.length).equals(into))
          }
        }
      }
      assert.throws(() => through.read(8192, aligned), { code: 'EINVAL', message: /shorter/ })
    } finally {
      through.close()
      through.close()
      file.close()
    }
  })

  it('that shrinks is an error, not a crash', () => {
    const path = write('shrinking', bytes)
    const file = new DumpFile(path)
    const through = file.readThrough()
    through.read(0, pageAligned(4096))
    truncateSync(path, 4096)
    const shorter = { code: 'EINVAL', origin: 'input', message: /became shorter/, hint: /writing/ }
    assert.throws(() => readPiece(file, 4000, 200), shorter)
    assert.throws(() => through.read(0, pageAligned(8192)), shorter)
    through.close()
    file.close()
  })

  it('is unpacked when compressed, whatever its name', () => {
    const file = openDumpFile(write('smem.bin', gzipSync(bytes)))
    assert.equal(file.size, bytes.length)
    assert.ok(readPiece(file, 3, 100).equals(bytes.subarray(3, 103)))
    assert.throws(() => readPiece(file, 20_000, 2), { code: 'EINVAL' })
    assert.throws(() => openDumpFile(write('empty.gz', gzipSync(''))), { message: /empty when/ })
  })

  for (const [name, magic] of [
    ['xz', '\xfd7zXZ\0'],
    ['bzip2', 'BZh91AY'],
    ['zip', 'PK\x03\x04'],
    ['7z', '7z\xbc\xaf\x27\x1c'],
    ['compressed kdump', 'KDUMP   \x06'],
    ['flattened kdump', 'makedumpfile\0'],
  ]) {
    it(`is named where it is not read: ${name}`, () => {
      assert.throws(() => openDumpFile(write(`a ${name}`, Buffer.from(`${magic}...`, 'latin1'))), {
        code: 'EOPNOTSUPP',
        origin: 'input',
        message: new RegExp(`is an? ${name}`),
        hint: /./,
      })
    })
  }
})
