// SPDX-License-Identifier: MIT
// Fake SoCs: memory that several processes see.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { readBytes } from '#lib/port/copy.js'
import { createMemfd } from '#lib/port/memfd.js'
import type { MemoryPort } from '#lib/port/port.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { encodeManifest, type Manifest, SCHEMA, writeAt } from '#lib/testing/manifest.js'
import { createMemory } from '#lib/testing/memory-file.js'
import { fakeBoard } from '#lib/testing/profile.js'
import { profileNames, profiles } from '#lib/testing/profiles.js'
import { nodeCommand } from '../node.js'

const neighbour = fileURLToPath(new URL('neighbour.js', import.meta.url))
const opened: FakeSoc[] = []

/** Closed after the test. */
function kept(soc: FakeSoc): FakeSoc {
  opened.push(soc)
  return soc
}

const contents = (port: MemoryPort) => readBytes(port, 0, port.size)
const smem = { name: 'SmemError' }

describe('a fake SoC', () => {
  afterEach(() => {
    for (const soc of opened.splice(0)) soc.close()
  })

  for (const name of profileNames) {
    it(`has the memory of ${name}`, () => {
      const soc = kept(FakeSoc.create(name))
      const { board, describe } = profiles[name]
      const image = buildImage(describe())
      assert.equal(soc.profile, name)
      assert.deepEqual(soc.board, board)
      assert.deepEqual(
        soc.regions.map(({ kind, port }) => [kind, port.base, port.size, port.writable]),
        image.regions.map(({ base, bytes }, i) => [
          i === 0 ? 'main' : 'aux',
          base,
          bytes.length,
          true,
        ]),
      )
      for (const [i, { bytes }] of image.regions.entries()) {
        assert.ok(contents(soc.regions[i]!.port).equals(bytes))
      }
    })
  }

  it('is an SDM845 where nothing else is asked for', () => {
    assert.equal(kept(FakeSoc.create()).profile, 'sdm845')
  })

  it('has a free mutex bank, and in it the word that guards SMEM', () => {
    const soc = kept(FakeSoc.create('sdm845'))
    assert.deepEqual([soc.bank.base, soc.bank.size], [0x01f40000, 0x20000])
    assert.ok(contents(soc.bank).every((byte) => byte === 0))
    assert.equal(soc.hwlock.address, 0x01f43000)
    soc.bank.write32(0x3000, 0x88)
    assert.equal(soc.hwlock.owner(), 0x88)
    assert.equal(soc.hwlock.unlock(0x88), true)
    assert.equal(soc.bank.read32(0x3000), 0)
  })

  it('has a mutex that arbitrates as the hardware does', () => {
    const { hwlock } = kept(FakeSoc.create('sdm845'))
    assert.equal(hwlock.tryLock(2), true)
    assert.equal(hwlock.tryLock(251), false)
    assert.equal(hwlock.owner(), 2)
    // The block cannot tell a second taker of the same id from the first.
    assert.equal(hwlock.tryLock(2), true)
    assert.equal(hwlock.unlock(251), false)
    assert.equal(hwlock.owner(), 2)
    assert.equal(hwlock.unlock(2), true)
    assert.equal(hwlock.owner(), 0)
    for (const id of [0, -1, 1.5, 2 ** 32, Number.NaN]) {
      assert.throws(() => hwlock.tryLock(id), { code: 'EINVAL' })
    }
  })

  it('can have a register that is too narrow for an id', () => {
    const { hwlock } = kept(FakeSoc.create('sdm845', { ownerBits: 7 }))
    assert.equal(hwlock.tryLock(251), false)
    assert.equal(hwlock.owner(), 123)
  })

  it('is made from a description too, with a board of its own', () => {
    const soc = kept(
      FakeSoc.create({
        version: 11,
        base: 0xffe00000,
        size: 0x200000,
        auxiliary: [{ base: 0x60008, size: 0x18 }],
        global: [{ id: 20, data: 'in message RAM', region: 0x60008 }],
      }),
    )
    assert.equal(soc.profile, null)
    assert.deepEqual(soc.board.carveOut, {
      base: 0xffe00000,
      size: 0x200000,
      node: '/reserved-memory/smem@ffe00000',
      noMap: true,
    })
    assert.deepEqual(soc.board.auxiliary, [{ base: 0x60008, size: 0x18 }])
    assert.equal(soc.board.soc, null)
    const [main, aux] = soc.regions
    assert.equal(main.port.read32(0x5c), 0x000b0000)
    assert.equal(main.port.base + main.port.size, 0x100000000)
    assert.equal(readBytes(aux!.port, 0, 14).toString(), 'in message RAM')
    soc.patch32(0xfffffffc, 0x12345678)
    assert.equal(main.port.read32(0x1ffffc), 0x12345678)
  })

  it('starts as a copy of an image, on the board that is given', () => {
    const image = buildImage({ version: 12, base: 0x46000000, size: 0x32000 })
    image.patch32(0xc0, 0)
    const carveOut = { base: 0x46000000, size: 0x32000 }
    const board = fakeBoard({ model: 'mine', compatible: ['me,mine'], carveOut, tcsr: 0x340000 })
    const soc = kept(FakeSoc.fromImage(image, { board }))
    assert.equal(soc.regions[0].port.read32(0xc0), 0)
    soc.patch32(0x460000c0, 1)
    assert.equal(image.read32(0xc0), 0)
    assert.deepEqual(soc.board, board)
    assert.equal(soc.hwlock.address, 0x343000)
  })

  it('shares nothing with another one', () => {
    const [one, other] = [kept(FakeSoc.create('sdm845')), kept(FakeSoc.create('sdm845'))]
    one.patch32(0x86000100, 7)
    assert.equal(other.regions[0].port.read32(0x100), 0)
    assert.notEqual(one.path, other.path)
  })

  it('refuses a profile that it does not know, and a description that is too full', () => {
    assert.throws(() => FakeSoc.create('nokia'), { ...smem, code: 'EINVAL', hint: /msm8916/ })
    assert.throws(
      () => FakeSoc.create({ version: 11, base: 0, size: 0x20d0, global: [{ id: 9, size: 1 }] }),
      { ...smem, code: 'ENOMEM', item: 9 },
    )
  })

  it('can be opened for reading only', () => {
    const soc = kept(FakeSoc.create('msm8916', { writable: false }))
    assert.equal(soc.regions[0].port.read32(0xc0), 1)
    for (const store of [
      () => soc.regions[0].port.write32(0, 1),
      () => soc.patch32(0x60000, 1),
      () => soc.hwlock.tryLock(1),
    ]) {
      assert.throws(store, { ...smem, code: 'EROFS' })
    }
    const attached = kept(FakeSoc.attach(soc.path, { writable: false }))
    assert.throws(() => attached.patch32(0x60000, 1), { ...smem, code: 'EROFS' })
  })

  it('has words to break in its regions and its bank, and nowhere else', () => {
    const soc = kept(FakeSoc.create('msm8916'))
    soc.patch32(0x60004, 0xdeadbeef)
    assert.equal(soc.regions[1]!.port.read32(4), 0xdeadbeef)
    soc.patch32(0x01908000, 5)
    assert.equal(soc.hwlock.owner(), 5)
    for (const address of [0x5fffc, 0x68000, 0x86400000, 0x862ffffc, 0x86300002]) {
      assert.throws(() => soc.patch32(address, 1), { ...smem, code: 'EINVAL' })
    }
  })

  for (const [how, target] of [
    ['its path', (soc: FakeSoc) => soc.path],
    ['a descriptor that it inherits', () => '3'],
  ] as const) {
    it(`is seen, and changed, by a process that has ${how}`, () => {
      const soc = kept(FakeSoc.create('msm8916'))
      const address = 0x863ff000
      soc.patch32(address, 0x5a000001)
      const [command, ...prefix] = nodeCommand()
      const child = spawnSync(command, [...prefix, neighbour, target(soc), String(address)], {
        stdio: ['ignore', 'pipe', 'pipe', soc.fd],
        encoding: 'utf8',
      })
      assert.equal(child.stderr, '')
      const seen = JSON.parse(child.stdout)
      assert.equal(seen.seen, 0x5a000001)
      assert.equal(seen.profile, 'msm8916')
      assert.deepEqual(seen.board, soc.board)
      assert.deepEqual(seen.regions, [
        { kind: 'main', base: 0x86300000, size: 0x100000 },
        { kind: 'aux', base: 0x60000, size: 0x8000 },
      ])
      assert.match(seen.path, new RegExp(`^/proc/${seen.pid}/fd/\\d+$`))
      assert.equal(soc.regions[0].port.read32(0xff004), 0xa5fffffe)
      assert.equal(soc.hwlock.owner(), 2)
    })
  }

  it('is the same memory after a second attach in one process', () => {
    const soc = kept(FakeSoc.create('sc7280'))
    const byPath = kept(FakeSoc.attach(soc.path))
    const byFd = kept(FakeSoc.attach(byPath.fd))
    byPath.patch32(0x80900200, 1)
    byFd.bank.write32(0, 9)
    assert.equal(soc.regions[0].port.read32(0x200), 1)
    assert.equal(soc.bank.read32(0), 9)
    assert.equal(byFd.profile, 'sc7280')
  })

  it('lasts as long as its last user', () => {
    const soc = FakeSoc.create('sdm845')
    const attached = kept(FakeSoc.attach(soc.path))
    soc.close()
    assert.equal(attached.regions[0].port.read32(0xc0), 1)
  })

  it('can be attached to from a worker thread', async () => {
    const soc = kept(FakeSoc.create('sdm845'))
    soc.patch32(0x86000200, 0x77)
    const module = import.meta.resolve('#lib/testing/fake-soc.js')
    const worker = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads')
       import(workerData.module).then(({ FakeSoc }) => {
         const soc = FakeSoc.attach(workerData.path)
         parentPort.postMessage(soc.regions[0].port.read32(0x200))
         soc.close()
       })`,
      { eval: true, workerData: { module, path: soc.path } },
    )
    const [word] = await new Promise<number[]>((resolve, reject) => {
      worker.once('message', (value) => resolve([value]))
      worker.once('error', reject)
    })
    await worker.terminate()
    assert.equal(word, 0x77)
  })

  it('is EBADF after close, and closing it again is nothing', () => {
    const soc = FakeSoc.create('msm8916')
    const [main, aux] = soc.regions
    const { fd } = soc
    soc.close()
    soc.close()
    soc[Symbol.dispose]()
    assert.throws(() => fstatSync(fd), { code: 'EBADF' })
    for (const use of [
      () => main.port.read32(0),
      () => aux!.port.write32(0, 1),
      () => soc.bank.read32(0),
      () => soc.hwlock.owner(),
      () => soc.patch32(0x60000, 1),
      () => soc.fd,
      () => soc.path,
    ]) {
      assert.throws(use, { ...smem, code: 'EBADF' })
    }
  })

  it('is given back at the end of a block', () => {
    let fd: number
    {
      using soc = FakeSoc.create('msm8916')
      fd = soc.fd
    }
    assert.throws(() => fstatSync(fd), { code: 'EBADF' })
  })

  describe('is not attached to', () => {
    let folder: string
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'qcom-smem-'))
    })
    after(() => rmSync(folder, { recursive: true }))

    const made: number[] = []
    afterEach(() => {
      for (const fd of made.splice(0)) closeSync(fd)
    })

    /** The path of memory with these bytes, made as that of a fake SoC is. */
    const memory = (bytes: Uint8Array | string, make = createMemory): string => {
      const fd = make('test', bytes.length)
      made.push(fd)
      writeAt(fd, 0, Buffer.from(bytes))
      return `/proc/self/fd/${fd}`
    }

    it('where the path leads nowhere', () => {
      assert.throws(() => FakeSoc.attach(join(folder, 'nothing')), { ...smem, code: 'ENOENT' })
      assert.throws(() => FakeSoc.attach(folder), { ...smem, code: 'EISDIR' })
      assert.throws(() => FakeSoc.attach(0x7fff), { ...smem, code: 'ENOENT' })
    })

    it('where the file has no manifest', () => {
      const image = buildImage(profiles.sdm845.describe()).bytes
      for (const bytes of ['', 'short', image]) {
        assert.throws(() => FakeSoc.attach(memory(bytes)), { ...smem, code: 'EINVAL' })
      }
    })

    it('where the manifest is broken, or not one of ours', () => {
      const trailer = (json: string, length = json.length) => {
        const end = Buffer.alloc(8)
        end.writeUInt32LE(length)
        end.write('FSoC', 4, 'latin1')
        return Buffer.concat([Buffer.from(json), end])
      }
      assert.throws(() => FakeSoc.attach(memory(trailer('{"schema":'))), /manifest is broken/)
      assert.throws(() => FakeSoc.attach(memory(trailer('{}', 3))), /no manifest/)
      assert.throws(() => FakeSoc.attach(memory(trailer('{"schema":"x@2"}'))), /another version/)
    })

    /** What a file of 0x22000 bytes and the manifest could have. */
    const sound = (soc: FakeSoc) => ({
      schema: SCHEMA,
      profile: null,
      board: soc.board,
      regions: [{ kind: 'main', base: 0x86000000, size: 0x1000, position: 0 }],
      bank: { base: soc.bank.base, size: 0x20000, position: 0x1000 },
      ownerMask: 0xff,
      lockFile: 0x21000,
    })
    const withManifest = (manifest: object) =>
      Buffer.concat([Buffer.alloc(0x22000), encodeManifest(manifest as Manifest)])

    for (const [what, wrong] of [
      ['no region', { regions: [] }],
      ['a region of another kind of value', { regions: 7 }],
      [
        'a bank beyond the file',
        { bank: { base: 0x01f40000, size: 0x20000, position: 0x40000000 } },
      ],
      ['a negative place', { bank: { base: 0x01f40000, size: 0x20000, position: -0x1000 } }],
      ['a size that is no number', { bank: { base: 0x01f40000, size: null, position: 0x1000 } }],
      ['a bank without the mutex', { bank: { base: 0x01f40000, size: 0x3000, position: 0x1000 } }],
      ['a bank behind the mutex', { bank: { base: 0x02000000, size: 0x1000, position: 0x1000 } }],
      ['a lock file beyond the file', { lockFile: 0x40000000 }],
      ['an owner mask that is no number', { ownerMask: '1' }],
    ] as const) {
      it(`where the manifest has ${what}`, () => {
        const soc = kept(FakeSoc.create('sdm845'))
        const manifest = sound(soc)
        kept(FakeSoc.attach(memory(withManifest(manifest))))
        const path = memory(withManifest({ ...manifest, ...wrong }))
        assert.throws(() => FakeSoc.attach(path), { ...smem, code: 'EINVAL', origin: 'input' })
      })
    }

    it('where it is a file that somebody can cut off, or memory of others', () => {
      const soc = kept(FakeSoc.create('sdm845'))
      const bytes = readFileSync(soc.path)
      kept(FakeSoc.attach(memory(bytes)))
      const path = join(folder, 'file')
      writeFileSync(path, bytes)
      for (const other of [path, memory(bytes, createMemfd)]) {
        assert.throws(() => FakeSoc.attach(other), {
          ...smem,
          code: 'EINVAL',
          origin: 'input',
          message: `${other} is no fake SoC: it is not memory that a FakeSoc has made`,
        })
      }
    })

    it('where it is no memory at all, and nothing waits for it', () => {
      const pipe = join(folder, 'pipe')
      assert.equal(spawnSync('mkfifo', [pipe]).status, 0)
      for (const writable of [true, false]) {
        for (const [path, code] of [
          [folder, 'EISDIR'],
          [pipe, 'EINVAL'],
          ['/dev/null', 'EINVAL'],
        ] as const) {
          const refused = { ...smem, code, origin: 'input', hint: /qcom-smem fake/ }
          assert.throws(() => FakeSoc.attach(path, { writable }), refused)
        }
      }
    })

    it('where a region lies beyond the file, and no descriptor is lost', () => {
      const soc = kept(FakeSoc.create('sdm845'))
      const main = { kind: 'main', base: 0x86000000, size: 0x1000, position: 0 } as const
      const manifest = { ...sound(soc), regions: [main, { ...main, position: 0x40000000 }] }
      const path = memory(withManifest(manifest))
      const next = () => {
        const free = openSync(path, 'r')
        closeSync(free)
        return free
      }
      const lowest = next()
      assert.throws(() => FakeSoc.attach(path), { ...smem, code: 'EINVAL' })
      assert.equal(next(), lowest)
    })
  })

  it('is opened and closed in a worker thread without a warning', () => {
    const script = `
      new (require('node:worker_threads').Worker)(
        \`import('qcom-smem/testing').then(({ FakeSoc }) => FakeSoc.create().close())\`,
        { eval: true },
      )`
    const [command, ...prefix] = nodeCommand()
    const child = spawnSync(command, [...prefix, '-e', script], { encoding: 'utf8' })
    assert.deepEqual([child.status, child.stdout, child.stderr], [0, '', ''])
  })
})

describe('a fake SoC without the native module', () => {
  it('is ENODEV with what to do about it', () => {
    const script = `
      import(${JSON.stringify(import.meta.resolve('#lib/testing/index.js'))})
        .then(({ FakeSoc, buildImage, profiles }) => {
          buildImage(profiles.msm8916.describe())
          try {
            FakeSoc.create('msm8916')
          } catch ({ name, code, hint }) {
            console.log(JSON.stringify({ name, code, hint }))
          }
        })`
    const [command, ...prefix] = nodeCommand()
    const child = spawnSync(command, [...prefix, '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, QCOM_SMEM_BINDING: join(tmpdir(), 'no such module.node') },
    })
    const error = JSON.parse(child.stdout)
    assert.deepEqual([error.name, error.code], ['SmemError', 'ENODEV'])
    assert.match(error.hint, /^QCOM_SMEM_BINDING names the only file that is tried/)
  })
})
