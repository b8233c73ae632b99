// SPDX-License-Identifier: MIT
// Compressed dumps in and out, with limits.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { gunzipSync, gzipSync } from 'node:zlib'
import { compress, compressionOf, decompress } from '#lib/dump/compression.js'
import { storedFrame } from '#lib/dump/stored-frame.js'

const require = createRequire(import.meta.url)
const fzstd = require('fzstd') as { decompress(bytes: Uint8Array): Uint8Array }

/** 3000 bytes of text that repeats, by the zstd tool, level 19: literals, sequences, a checksum. */
const byTool = Buffer.from(
  'KLUv/QRoXQEAJAJTTUVNIGlzIHNoYXJlZCBieSBhbGwgcHJvY2Vzc29ycy4gAQCaXPHVE9/qeho=',
  'base64',
)
const text = Buffer.from('SMEM is shared by all processors. '.repeat(100).slice(0, 3000))

const mixed = Buffer.alloc(300_001)
for (let i = 5000; i < 20_000; i++) mixed[i] = (i * 7919) >> 3
mixed.fill(0xa5, 200_000, 290_000)

describe('compression', () => {
  it('is chosen by the extension', () => {
    assert.deepEqual(['a.gz', 'a.zst', 'a.bin', 'gz'].map(compressionOf), [
      'gzip',
      'zstd',
      null,
      null,
    ])
  })

  it('is refused where the extension asks for another, which the file would not have', () => {
    for (const name of ['a.xz', 'smem.elf.bz2', 'a.lz4', 'a.zip']) {
      assert.throws(() => compressionOf(name), { code: 'EINVAL', origin: 'input' })
    }
  })

  for (const how of ['gzip', 'zstd'] as const) {
    it(`comes back as it was: ${how}`, () => {
      for (const bytes of [mixed, Buffer.alloc(0), Buffer.from('x'), Buffer.alloc(4096, 1)]) {
        const packed = compress(bytes, how)
        assert.ok(Buffer.from(decompress(packed, how, 'f')).equals(bytes), `${bytes.length} bytes`)
      }
      assert.ok(compress(mixed, how).length < 60_000)
    })

    it(`refuses what is cut off or broken: ${how}`, () => {
      const packed = compress(mixed, how)
      for (const bytes of [packed.subarray(0, packed.length - 20), packed.subarray(0, 10)]) {
        assert.throws(() => decompress(bytes, how, 'some.file'), {
          code: 'EINVAL',
          origin: 'input',
          message: /some\.file cannot be unpacked/,
        })
      }
    })

    it(`refuses a bomb: ${how}`, () => {
      const bomb = compress(Buffer.alloc(2 ** 24), how)
      assert.ok(bomb.length < 2 ** 16)
      assert.throws(() => decompress(bomb, how, 'bomb', 2 ** 20), {
        code: 'EINVAL',
        origin: 'input',
        message: /more than 1048576 bytes when unpacked/,
        hint: /unpack it first/,
      })
    })
  }

  it('refuses a frame that asks for more memory than zstd gives it, and says what to do', () => {
    // A window of 1 GiB for two blocks of one value each, 256 bytes.
    const greedy = Buffer.from('28b52ffd' + '00a0' + '020800' + '41' + '030800' + '41', 'hex')
    const refused = {
      code: 'EINVAL',
      origin: 'input',
      message: /^greedy asks for more than 128 MiB of memory/,
      hint: /zstd -d --long=31 FILE/,
    }
    assert.throws(() => decompress(greedy, 'zstd', 'greedy'), refused)
    const modest = Buffer.from(greedy)
    modest.writeUInt8(7 << 3, 5)
    assert.equal(decompress(modest, 'zstd', 'modest').length, 512)
  })

  it('writes gzip that Node reads, and reads what Node wrote', () => {
    assert.ok(gunzipSync(compress(mixed, 'gzip')).equals(mixed))
    assert.ok(Buffer.from(decompress(gzipSync(mixed), 'gzip', 'f')).equals(mixed))
  })

  it('reads Zstandard as the tool writes it', () => {
    assert.ok(Buffer.from(decompress(byTool, 'zstd', 'f')).equals(text))
  })

  it('stores a frame by the book: header, pages of one value, pages as they are', () => {
    const bytes = Buffer.concat([Buffer.alloc(8192), Buffer.from('ab')])
    assert.equal(
      storedFrame(bytes).toString('hex'),
      ['28b52ffd', 'c0', '38', '0220000000000000', '020001', '00', '110000', '6162'].join(''),
    )
    assert.equal(storedFrame(Buffer.alloc(0)).toString('hex'), '28b52ffdc0380000000000000000010000')
    assert.ok(Buffer.from(fzstd.decompress(storedFrame(mixed))).equals(mixed))
  })
})
