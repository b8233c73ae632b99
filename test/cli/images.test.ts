// SPDX-License-Identifier: MIT
// Image files of every kind through the program as users run it. What it prints is compared with the
// independent reader of the property suite; what it refuses, with the exit codes that scripts branch on.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeCommand } from '../node.js'
import { spoil } from '../property/mutator.js'
import { type Image, type ListedItem, type Reading, read } from '../property/reader.js'
import { type Shape, write } from '../property/writer.js'

const program = fileURLToPath(new URL('../../../../dist/cli.cjs', import.meta.url))
/** `nobody`: for a file that root would be allowed to read. */
const NOBODY = 65534

type Partition = Shape['partitions'][number]

const item = (id: number, size: number) => ({ id, size, gap: 0, rounded: true })
const toc = (id: number, size: number, region = 0) => ({
  ...item(id, size),
  region,
  allocated: 1 as const,
  reservedBits: region,
})

const modem: Partition = {
  kind: 'private',
  host: 1,
  localFirst: true,
  headerSwapped: false,
  cacheline: 64,
  spare: 256,
  flags: 0,
  uncached: [item(14, 20), item(600, 33)],
  cached: [item(338, 100), item(339, 1)],
}
const adsp: Partition = { ...modem, host: 2, localFirst: false, cacheline: 32 }
const foreign: Partition = { ...modem, kind: 'foreign', host: 5 }

/** Version 11 with message RAM; no partitions, and nothing that says where it lies. */
const v11: Shape = {
  major: 11,
  minor: 0,
  size: 0x8000,
  place: 'low',
  fill: 0,
  localHost: 0,
  fixed: true,
  toc: [toc(137, 100), toc(469, 64), toc(80, 32, 1)],
  aux: [{ base: 0x60000, size: 0x1000 }],
  table: false,
  withGlobal: true,
  partitions: [],
  stride: 1,
  tail: 0,
  info: 'none',
  noise: 7,
}

/** Version 12, with an info record that says where it lies. */
const v12: Shape = {
  ...v11,
  major: 12,
  aux: [],
  table: true,
  partitions: [modem, adsp, foreign],
  info: 'large',
}

/** The image of `shape` in which the first field of this name has another value. */
function wrong(shape: Shape, name: string, value: number): Image {
  const image = write(shape)
  const which = image.fields.findIndex((field) => field.name === name)
  assert.notEqual(which, -1)
  return spoil(image, [{ do: 'field', which, value }])
}

/** What is lost at the end, with the table still in the last page. */
const shortened = spoil(write(v12), [{ do: 'shrink', by: 0x1801 }])

const images: Record<string, Image> = {
  'version 11 with message RAM': write(v11),
  'version 11 with partitions': write({ ...v11, table: true, partitions: [modem, adsp] }),
  'version 11 without its auxiliary region': { ...write(v11), aux: [] },
  'version 12 with ids above 511': write(v12),
  'an SMEM that ends at 4 GiB': write({ ...v12, place: 'edge', size: 0x200000 }),
  'an SMEM above 4 GiB': write({ ...v12, place: 'high', info: 'high' }),
  'an SMEM of 200 KiB': write({ ...v12, size: 0x32000 }),
  'an image of odd length': write({ ...v12, size: 0x8003 }),
  'a full partition table': write({ ...v12, tail: 84 }),
  'the view of the modem': write({ ...v12, localHost: 1, partitions: [modem, adsp] }),
  'two partitions for one host': write({ ...v12, partitions: [modem, modem] }),
  'swapped hosts': write({ ...v12, partitions: [{ ...modem, headerSwapped: true }, adsp] }),
  'a broken canary': wrong({ ...v12, withGlobal: false }, 'uncached.canary', 0xdead),
  'impossible padding': wrong(v12, 'cached.padding_data', 0xffff),
  'a size that wraps': wrong(v12, 'uncached.size', 0xfffffff0),
  'free offsets out of order': wrong(v12, 'partition.offset_free_uncached', 0x7fff),
  'cached items without a cache line': wrong(v12, 'entry.cacheline', 0),
  'a cache line longer than the partition': wrong(v12, 'entry.cacheline', 0x80000000),
  'an item outside its region': wrong(v11, 'toc.size', 0xffffffff),
  'no global partition': write({ ...v12, withGlobal: false }),
  'a lost end': shortened,
  'a table of contents that is cut off': {
    ...write(v11),
    bytes: write(v11).bytes.slice(0, 0x1234),
  },
  'a partition table of an unknown version, in version 11': wrong(
    { ...v11, table: true },
    'table.version',
    9,
  ),
  'a partition table of an unknown version, in version 12': wrong(v12, 'table.version', 9),
  'no partition table, in version 12': wrong(v12, 'table.magic', 0),
  'an unknown major version': wrong(v11, 'version', 0x000d0000),
  'an image that is not initialised': wrong(v12, 'initialized', 0),
  'a reserved word that is not 0': wrong(v11, 'reserved', 1),
  'zeros only': { ...write(v11), bytes: new Uint8Array(0x8000) },
}

interface Outcome {
  status: number | null
  stdout: string
  stderr: string
  bytes: Buffer
}

describe('image files on the command line', function () {
  this.timeout(300_000)
  let folder: string

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'images-'))
  })
  after(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  function run(...args: string[]): Outcome {
    const [command, ...prefix] = nodeCommand()
    return outcome(command, [...prefix, program, ...args])
  }

  function outcome(command: string, args: string[]): Outcome {
    // The bundle is not measured; and nobody could not write the measurement down, and would say so.
    const unset = { QCOM_SMEM_SOURCE: undefined, NO_COLOR: undefined, NODE_V8_COVERAGE: undefined }
    const env = { ...process.env, ...unset }
    const { status, stdout, stderr } = spawnSync(command, args, { env })
    assert.doesNotMatch(stderr.toString(), /^\s+at |node:internal/m, 'no stack trace')
    return { status, stdout: stdout.toString(), stderr: stderr.toString(), bytes: stdout }
  }

  function file(bytes: Uint8Array, name = 'smem.bin'): string {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    return path
  }

  /** The image as files, and the options that describe it. */
  function source(image: Image): string[] {
    const args = ['--source', `file:${file(image.bytes)}`, '--local-host', String(image.localHost)]
    image.aux.forEach(({ base, bytes }, i) => {
      args.push('--aux', `0x${base.toString(16)}=${file(bytes, `aux${i}.bin`)}`)
    })
    // Where no record tells the base, the user does.
    return siii(image) ? args : [...args, '--base', String(image.base)]
  }

  /** One line on stderr, nothing on stdout: as text, and as JSON. */
  function refuses(args: string[], status: number, code: string, hint?: RegExp): void {
    const text = run(...args)
    assert.deepEqual([text.status, text.stdout], [status, ''])
    assert.match(text.stderr, new RegExp(`^qcom-smem: ${code}: .+\n$`))
    const json = run(...args, '--json')
    assert.deepEqual([json.status, json.stdout], [status, ''])
    const error = JSON.parse(json.stderr)
    assert.deepEqual([error.schema, error.code], ['qcom-smem/error@1', code])
    assert.deepEqual(Object.keys(error), ['schema', 'code', 'message', 'hint', 'item', 'host'])
    if (hint !== undefined) {
      assert.match(error.hint, hint)
      assert.match(text.stderr, hint)
    }
  }

  /** What `command --json` prints under `key`, with errors by their codes. */
  function printed(command: string, key: string, args: string[]): unknown[] {
    const { status, stdout, stderr } = run(command, '--json', ...args)
    assert.deepEqual([status, stderr], [0, ''])
    const object = JSON.parse(stdout)
    assert.equal(object.schema, `qcom-smem/${command}@1`)
    return object[key].map((row: ListedItem) => ({
      ...row,
      error: row.error === null ? null : { code: row.error.code },
    }))
  }

  for (const [name, image] of Object.entries(images)) {
    it(`tells of ${name} what an independent reader does`, () => {
      const args = source(image)
      const expected = read(image)
      const info = run(...args, 'info', '--json')
      assert.deepEqual([info.status, info.stderr], [0, ''])
      const facts = JSON.parse(info.stdout)
      assert.equal(facts.schema, 'qcom-smem/info@1')
      assert.equal(facts.size, image.bytes.length)
      assert.equal(Number(facts.base), image.base)
      assert.deepEqual([facts.items, facts.partitions, facts.itemCount], counts(expected))
      if (expected.exit !== 0) {
        for (const command of ['list', 'partitions']) {
          refuses([...args, command], expected.exit, expected.code)
        }
        return
      }
      assert.deepEqual(printed('list', 'items', args), expected.items)
      assert.deepEqual(printed('partitions', 'partitions', args), expected.partitions)
    })
  }

  it('lists broken and healthy items as text, with what is wrong', () => {
    const image = images['a broken canary']!
    const { status, stdout, stderr } = run(...source(image), 'list')
    assert.deepEqual([status, stderr], [0, ''])
    assert.match(stdout, /EINVAL/)
    assert.match(stdout, /338 .* modem .* partition cached/)
  })

  it('shows the bytes of an item as JSON, as a hexdump and raw', () => {
    const image = write(v12)
    const args = source(image)
    const reading = read(image) as Reading & { exit: 0 }
    const { offset, size } = reading.items.find(({ id, host }) => id === 600 && host === 1)!
    const bytes = Buffer.from(image.bytes.subarray(offset!, offset! + size!))
    assert.equal(bytes.length, 33)
    const json = JSON.parse(run(...args, 'show', '600', '--host', 'modem', '--json').stdout)
    assert.deepEqual([json.schema, json.item.host], ['qcom-smem/show@1', 1])
    assert.equal(json.hex, bytes.toString('hex'))
    const raw = run(...args, 'show', '0x258', '--host', '1', '--raw')
    assert.deepEqual([raw.status, raw.stderr], [0, ''])
    assert.ok(raw.bytes.equals(bytes))
    const hexdump = run(...args, 'show', '600', '--host', '1', '--hex')
    assert.equal(hexdump.status, 0)
    const first = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0'))
    assert.match(hexdump.stdout, new RegExp(first.join(' *')))
  })

  it('says that an item is not there with exit code 3', () => {
    const args = source(write(v11))
    refuses([...args, 'show', '300'], 3, 'ENXIO')
    refuses([...source(write(v12)), 'show', '300'], 3, 'ENOENT')
    refuses([...source(write(v12)), 'show', '137', '--host', 'modem'], 3, 'ENOENT')
  })

  it('names --aux where an item lies in a region that was not given', () => {
    const args = source(images['version 11 without its auxiliary region']!)
    refuses([...args, 'show', '80'], 3, 'ENOENT', /--aux/)
  })

  it('refuses an id out of range, and an item that is broken', () => {
    refuses([...source(write(v11)), 'show', '512'], 1, 'EINVAL')
    refuses([...source(write(v12)), 'show', '0xffffffff'], 1, 'EINVAL')
    const image = wrong(v12, 'uncached.padding_data', 0xffff)
    refuses([...source(image), 'show', '137'], 1, 'EINVAL')
  })

  it('suggests the name that was meant', () => {
    const args = source(write(v12))
    refuses([...args, 'show', 'hw_sw_buid_id'], 2, 'EINVAL', /HW_SW_BUILD_ID/)
    refuses([...args, 'show', 'SMEM_HW_SW_BUILD'], 2, 'EINVAL', /HW_SW_BUILD_ID/)
  })

  it('takes the base from the user before the record of the image, and says so', () => {
    const image = { ...write(v12), base: 0x10000000 }
    const args = [...source(image), '--base', '0x10000000']
    const reading = read(image) as Reading & { exit: 0 }
    assert.deepEqual(printed('list', 'items', args), reading.items)
    const { status, stderr } = run(...args, 'list')
    assert.equal(status, 0)
    assert.match(stderr, /0x86300000/)
  })

  it('refuses an option that makes no sense with exit code 2', () => {
    const args = source(write(v12))
    refuses([...args, 'list', '--base', '0x86300001'], 2, 'EINVAL', /./)
    refuses([...args, 'list', '--base', 'here'], 2, 'EINVAL', /0x/)
    refuses([...args, 'list', '--aux', 'rpm.bin'], 2, 'EINVAL', /--aux/)
    refuses([...args, 'list', '--aux', `0x60000=${join(folder, 'none')}`], 2, 'ENOENT', /./)
    refuses([...args, 'list', '--local-host', 'nobody'], 2, 'EINVAL', /modem/)
  })

  it('refuses what is no image with exit code 2', () => {
    refuses(['--source', `file:${join(folder, 'none.bin')}`, 'list'], 2, 'ENOENT', /path/)
    refuses(['--source', `file:${folder}`, 'list'], 2, 'EISDIR', /file/)
    refuses(['--source', `file:${file(new Uint8Array(0))}`, 'list'], 2, 'EINVAL', /./)
    refuses(['--source', 'file:', 'list'], 2, 'EINVAL', /file:PATH/)
  })

  it('survives an image cut at any of the edges of the layout', () => {
    const { bytes, base } = write(v12)
    for (const length of [1, 3, 0x5f, 0xcf, 0xd0, 0x20d0, 0x7000, 0x7fff]) {
      const image = { bytes: bytes.slice(0, length), base, aux: [], localHost: 0 }
      const { exit, ...fatal } = read(image)
      refuses([...source(image), 'list'], exit, (fatal as { code: string }).code, /./)
    }
  })

  it('says that a file may not be read with exit code 4', () => {
    const open = join(folder, 'open')
    mkdirSync(open)
    const copy = join(open, 'cli.cjs')
    copyFileSync(program, copy)
    for (const path of [folder, open, copy]) chmodSync(path, 0o755)
    const secret = file(write(v12).bytes, 'secret.bin')
    chmodSync(secret, 0)
    // Given up inside, so that nobody need not be allowed to start this node, wherever it is installed.
    const [command, ...prefix] = nodeCommand()
    const script = `
      if (process.getuid() === 0) { process.setegid(${NOBODY}); process.seteuid(${NOBODY}) }
      process.argv = ['node', ...process.argv.slice(1)]
      require(process.argv[1])`
    const args = ['-e', script, copy, '--source', `file:${secret}`, 'list', '--json']
    const { status, stdout, stderr } = outcome(command, [...prefix, ...args])
    assert.deepEqual([status, stdout], [4, ''])
    assert.equal(JSON.parse(stderr).code, 'EACCES')
  })
})

/** Whether the image says where it lies: in a table of the version we know, and behind its entries. */
function siii({ bytes }: Image): boolean {
  const table = Buffer.from(bytes).subarray(-4096)
  return table.indexOf('$TOC\x01\0\0\0') === 0 && table.includes('SIII')
}

/** What `info` shows of items, partitions and ids; null where no driver would accept the heap. */
function counts(reading: Reading): (number | null)[] {
  if (reading.exit !== 0) return [null, null, null]
  return [reading.items.length, reading.partitions.length, reading.itemCount]
}
