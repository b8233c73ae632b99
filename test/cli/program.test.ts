// SPDX-License-Identifier: MIT
// The command line in this process: what is printed, where, and with which exit code.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { run } from '#lib/cli/program.js'
import { version } from '#lib/cli/version.js'
import { nativeStatus } from '#lib/native/load.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { type Ran, runCli } from './terminal.js'

function qcomSmem(line: string, options?: Parameters<typeof runCli>[1]): Promise<Ran> {
  return runCli(line.split(' ').filter(Boolean), options)
}

const json = async (line: string) => JSON.parse((await qcomSmem(line)).out)

describe('the command line', () => {
  it('prints the version of the package', async () => {
    const manifest = JSON.parse(
      readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'),
    )
    assert.equal(version, manifest.version)
    const { code, out, err } = await qcomSmem('--version')
    assert.deepEqual([code, err], [0, ''])
    const [name, number, ...rest] = out.split(' ')
    assert.deepEqual([name, number], ['qcom-smem', version])
    const { kind, target } = nativeStatus()
    assert.equal(rest.join(' '), `(${kind} ${target}, node ${process.versions.node})\n`)
  })

  it('prints help when asked, and when nothing was asked', async () => {
    assert.match((await qcomSmem('--help')).out, /^Usage: qcom-smem/)
    assert.equal((await qcomSmem('--help')).code, 0)
    const nothing = await qcomSmem('')
    assert.equal(nothing.code, 2)
    assert.match(nothing.err, /^Usage: qcom-smem/)
    assert.match((await qcomSmem('show --help')).out, /--raw/)
  })

  it('has a help command, which says the same, once', async () => {
    assert.deepEqual(await qcomSmem('help'), await qcomSmem('--help'))
    const { code, out, err } = await qcomSmem('help show')
    assert.deepEqual([code, out, err], [0, (await qcomSmem('show --help')).out, ''])
    assert.match(out, /^Examples:\n {2}qcom-smem show hw_sw_build_id\n/m)
    assert.match(out, /^ {2}item +a number or a name: 137/m)
  })

  it('keeps the list of commands short', async () => {
    const { out } = await qcomSmem('--help')
    const lines = /^Commands:\n(.*?)\n\n/ms.exec(out)![1]!.split('\n')
    assert.ok(lines.length < 50)
    assert.match(out, /^Exit codes:\n {2}0 {2}fine$/m)
    assert.deepEqual(
      out.split('\n').filter((line) => line.length > 80),
      [],
    )
  })

  for (const line of ['help lst', 'lst --help']) {
    it(`does not explain everything to who asks for one thing that is not: ${line}`, async () => {
      const { code, out, err } = await qcomSmem(line)
      assert.deepEqual([code, out], [2, ''])
      assert.match(err, /^qcom-smem: EINVAL: unknown command 'lst'\. Hint: /)
    })
  }

  it('says where to read on about a command that was used wrongly', async () => {
    assert.match((await qcomSmem('show')).err, /Hint: qcom-smem show --help has examples\.$/m)
    assert.match((await qcomSmem('ls --bogus')).err, /Hint: qcom-smem ls --help/)
    assert.match((await qcomSmem('--bogus')).err, /Hint: qcom-smem --help/)
    assert.match((await qcomSmem('--source fake lst')).err, /Hint: qcom-smem --help/)
    assert.match((await qcomSmem('--source fake ls --bogus')).err, /Hint: qcom-smem ls --help/)
    assert.match((await qcomSmem('show 1 --host')).err, /'--host <host>' lacks its value\. Hint/)
    const behind = await qcomSmem('--bogus claim 1 -- list')
    assert.match(behind.err, /Hint: qcom-smem claim --help/)
  })

  for (const [line, message] of [
    ['lst', /unknown command 'lst'.*list/],
    ['--bogus', /unknown option '--bogus'/],
    ['show', /missing required argument 'item'/],
    ['--source fake show HW_SW_BUILDID', /did you mean HW_SW_BUILD_ID\?/],
    ['--source fake show glink', /did you mean GLINK/],
    ['--source fake show ___', /a number, 0x number, or a name/],
    ['--source fake show 137 --host nobody', /no host "nobody"/],
    ['--source fake list --host 65536', /no host "65536"/],
    ['--source fake:none list', /no fake SoC "none".*sdm845/],
    ['--source tape list', /no source "tape"/],
    ['--base x list', /--base "x" is no address/],
    ['--aux 5 list', /--aux "5" is not ADDR=PATH/],
    ['--aux x=y list', /--aux "x" is no address/],
  ] as const) {
    it(`tells in one line what is wrong with: ${line}`, async () => {
      const { code, out, err } = await qcomSmem(line)
      assert.equal(code, 2)
      assert.equal(out, '')
      assert.match(err, message)
      assert.match(err, /^qcom-smem: EINVAL: [^\n]*Hint: [^\n]*\n$/)
    })
  }

  it('tells errors as JSON when asked, also of a line that cannot be parsed', async () => {
    for (const line of ['--json --source fake show 400', '--source fake show 400 --json']) {
      const { code, err } = await qcomSmem(line)
      assert.equal(code, 3)
      const { message, hint, ...rest } = JSON.parse(err)
      assert.deepEqual(rest, {
        schema: 'qcom-smem/error@1',
        code: 'ENOENT',
        item: 400,
        host: null,
      })
      assert.match(message, /item 400/)
      assert.equal(typeof hint, 'string')
    }
    assert.equal(JSON.parse((await qcomSmem('--json --bogus')).err).code, 'EINVAL')
  })

  /** What is told of a line where a bug shows. */
  async function broken(...args: string[]): Promise<Pick<Ran, 'code' | 'err'>> {
    let err = ''
    const code = await run(['--source', 'fake', 'list', ...args], {
      isTerminal: false,
      isErrorTerminal: false,
      env: {},
      out: () => {
        throw new TypeError('broken')
      },
      err: (text) => {
        err += text
      },
    })
    return { code, err }
  }

  it('tells its own bugs apart', async () => {
    const { code, err } = await broken()
    assert.equal(code, 9)
    assert.match(err, /a bug of qcom-smem.*TypeError: broken/s)
  })

  it('tells its own bugs as JSON when asked, without a trace and with what to do', async () => {
    const { code, err } = await broken('--json')
    assert.equal(code, 9)
    const { hint, ...rest } = JSON.parse(err)
    assert.deepEqual(rest, {
      schema: 'qcom-smem/error@1',
      code: 'EIO',
      message: 'a bug of qcom-smem: TypeError: broken',
      item: null,
      host: null,
    })
    assert.match(hint, /^please report it, .* without --json$/)
  })

  it('prints each access with -v, on stderr', async () => {
    const { code, out, err } = await qcomSmem('-v --source fake show 137 --json')
    assert.equal(code, 0)
    assert.equal(JSON.parse(out).item.id, 137)
    assert.match(err, /^R 0x86000000 -> 0x[0-9a-f]{8}$/m)
  })
})

describe('list', () => {
  it('prints aligned columns, and on stderr that it is a fake', async () => {
    const { code, out, err } = await qcomSmem('--source fake list')
    assert.equal(code, 0)
    assert.match(out, /^ *ID {2}NAME +HOST +HEAP +ADDRESS +OFFSET +SIZE$/m)
    assert.match(out, /^137 {2}SMEM_HW_SW_BUILD_ID +global +partition +0x86/m)
    assert.match(err, /fake SoC.*--source file:PATH/)
    assert.ok(out.split('\n').every((line) => line === line.trimEnd()))
  })

  it('has the same items as JSON', async () => {
    const { schema, items } = await json('ls --source fake --json')
    assert.equal(schema, 'qcom-smem/list@1')
    assert.deepEqual(Object.keys(items[0]), [
      'id',
      'name',
      'host',
      'heap',
      'cached',
      'region',
      'offset',
      'address',
      'size',
      'error',
    ])
    assert.deepEqual(
      { ...items[0], offset: 0, address: '' },
      {
        id: 137,
        name: 'SMEM_HW_SW_BUILD_ID',
        host: null,
        heap: 'partition',
        cached: false,
        region: '0x86000000',
        offset: 0,
        address: '',
        size: 144,
        error: null,
      },
    )
    assert.equal((await qcomSmem('ls --source fake --json')).err, '')
  })

  it('is narrowed to a host by number or name', async () => {
    const byName = await json('--source fake list --json --host MODEM')
    assert.ok(byName.items.length > 3)
    assert.ok(byName.items.every(({ host }: { host: number }) => host === 1))
    assert.deepEqual(await json('--source fake list --json --host 0x1'), byName)
  })

  it('says on stderr that a host has no partition, and prints the same', async () => {
    const served = 'has no partition here: the global heap serves it'
    for (const [line, who] of [
      ['--source fake list --host 77', 'host 77'],
      ['--source fake list --host apps', 'apps'],
      ['--source fake:msm8916 list --host modem', 'modem'],
    ] as const) {
      const { code, out, err } = await qcomSmem(line)
      assert.equal(code, 0)
      assert.match(out, /^ *ID {2}NAME[^\n]*\n$/)
      assert.ok(err.split('\n').includes(`note: ${who} ${served}`), err)
      const told = await qcomSmem(`${line} --json`)
      assert.deepEqual([told.code, JSON.parse(told.out).items, told.err], [0, [], ''])
    }
    assert.ok(!(await qcomSmem('--source fake list --host modem')).err.includes(served))
    assert.ok(!(await qcomSmem('--source fake list')).err.includes(served))
  })

  it('does not say so of a partition that has no items', async () => {
    using soc = FakeSoc.create({
      version: 12,
      base: 0x86000000,
      size: 0x100000,
      partitions: [
        { global: true, size: 0x10000 },
        { host0: 0, host1: 1, size: 0x8000 },
      ],
    })
    const on = async (host: number) =>
      (await qcomSmem(`--source fake:${soc.path} list --host ${host}`)).err
    assert.ok(!(await on(1)).includes('no partition'))
    assert.match(await on(2), /^note: adsp has no partition here/m)
  })

  it('uses colour on a terminal only, and not with NO_COLOR', async () => {
    const coloured = '\x1b['
    assert.ok((await qcomSmem('--source fake list', { isTerminal: true })).out.includes(coloured))
    assert.ok(!(await qcomSmem('--source fake list')).out.includes(coloured))
    const env = { NO_COLOR: '1' }
    assert.ok(
      !(await qcomSmem('--source fake list', { isTerminal: true, env })).out.includes(coloured),
    )
  })
})

describe('info', () => {
  it('tells one page about a source', async () => {
    const { code, out } = await qcomSmem('--source fake:msm8916 info')
    assert.equal(code, 0)
    assert.match(out, /^version +11\.0 \(0x000b0000\)$/m)
    assert.match(out, /^region aux +0x00060000, 32768 bytes \(32 KiB\)$/m)
    assert.match(out, /^lock owner +free$/m)
  })

  it('tells it as JSON', async () => {
    const info = await json('--source fake:sc7280 info --json')
    assert.equal(info.schema, 'qcom-smem/info@1')
    assert.equal(info.base, '0x80900000')
    assert.deepEqual(info.version, { raw: '0x000c0001', major: 12, minor: 1 })
    assert.ok(info.itemCount > 667)
    assert.equal(info.items, (await json('--source fake:sc7280 list --json')).items.length)
    assert.equal(
      info.partitions,
      (await json('--source fake:sc7280 partitions --json')).partitions.length,
    )
    assert.deepEqual(info.regions, [{ base: '0x80900000', size: 0x200000, kind: 'main' }])
    assert.deepEqual(info.hwlock, { family: 'tcsr', bank: '0x01f40000', index: 3, owner: 0 })
    assert.ok(info.board.compatible.includes('qcom,sc7280'))
  })
})

describe('partitions', () => {
  it('leaves out what is not ours to read', async () => {
    const { partitions } = await json('--source fake partitions --json')
    assert.equal(partitions[0].global, true)
    const foreign = partitions.find(
      ({ host0, host1 }: { host0: number; host1: number }) => host0 === 1 && host1 === 2,
    )
    assert.deepEqual(
      [foreign.freeUncached, foreign.freeCached, foreign.free, foreign.error],
      [null, null, null, null],
    )
    const own = partitions[1]
    assert.equal(own.free, own.freeCached - own.freeUncached)
    assert.match((await qcomSmem('--source fake partitions')).out, /^ *0 {2}global +0x/m)
  })
})

describe('show', () => {
  it('decodes an item that it knows', async () => {
    const { out } = await qcomSmem('--source fake show hw_sw_build_id')
    assert.match(out, /^SMEM_HW_SW_BUILD_ID \(137\): 144 bytes at 0x86/)
    assert.match(out, /^soc +SDM845$/m)
  })

  it('dumps one that it does not know, or any when asked', async () => {
    assert.match((await qcomSmem('--source fake show 470')).out, /^00000000 {2}/m)
    assert.match(
      (await qcomSmem('--source fake show 137 --hex')).out,
      /^0{8} {2}0c 00 00 00 +format/m,
    )
  })

  it('writes raw bytes', async () => {
    const { item, hex } = await json('--source fake show 478 --host modem --json')
    const { out } = await qcomSmem('--source fake show 478 --host modem --raw')
    assert.equal(Buffer.from(out, 'latin1').toString('hex'), hex)
    assert.equal(out.length, item.size)
  })

  for (const [line, message] of [
    [
      '--raw --json',
      'both the bytes and JSON want the standard output. Hint: leave out --raw or --json',
    ],
    [
      '--raw --hex',
      'an item is shown as a hexdump or raw, not both. Hint: leave out --raw or --hex',
    ],
  ] as const) {
    it(`refuses ${line}, and leaves out neither`, async () => {
      const { code, out, err } = await qcomSmem(`--source fake show 137 ${line}`)
      assert.deepEqual([code, out], [2, ''])
      const told = line.includes('--json') ? JSON.parse(err) : null
      assert.equal(
        told === null ? err : `qcom-smem: ${told.code}: ${told.message}. Hint: ${told.hint}.\n`,
        `qcom-smem: EINVAL: ${message}.\n`,
      )
    })
  }

  it('says where an item is served that a host has no partition for', async () => {
    const served = /^note: host 77 has no partition here: the global heap serves it$/m
    assert.match((await qcomSmem('--source fake show 137 --host 77')).err, served)
    assert.match((await qcomSmem('--source fake show 137 --host 77 --raw')).err, served)
    assert.equal((await qcomSmem('--source fake show 137 --host 77 --json')).err, '')
    assert.equal((await qcomSmem('--source fake show 435 --host modem')).err, '')
    assert.equal((await qcomSmem('--source fake show 137')).err, '')
  })

  it('has decoder and value in JSON, null where there is none', async () => {
    const socinfo = await json('--source fake show 0x89 --json')
    assert.equal(socinfo.decoder, 'socinfo')
    assert.equal(socinfo.value.id, 321)
    const unknown = await json('--source fake show LC_DEBUGGER --json')
    assert.deepEqual([unknown.decoder, unknown.value], [null, null])
    assert.equal(unknown.hex.length, unknown.item.size * 2)
  })

  it('says where an item is that is not where it was looked for', async () => {
    const { code, err } = await qcomSmem('--source fake show 435')
    assert.equal(code, 3)
    assert.match(err, /ENOENT: item 435 .* Hint: it is there with --host modem\.$/m)
    const elsewhere = await qcomSmem('--source fake show 137 --host adsp')
    assert.equal(elsewhere.code, 3)
    assert.match(elsewhere.err, /Hint: it is there without --host\.$/m)
    assert.match((await qcomSmem('--source fake show 436')).err, /Hint: `qcom-smem list` shows/)
  })

  it('says 3 for an item that is not there, 1 for an id that cannot be', async () => {
    assert.equal((await qcomSmem('--source fake:msm8916 show 300')).code, 3)
    assert.equal((await qcomSmem('--source fake:sdm845 show 300')).code, 3)
    assert.equal((await qcomSmem('--source fake show 512')).code, 1)
  })
})

describe('doctor', () => {
  it('says that it looks at no other source than this machine', async () => {
    const warning = 'warning: doctor examines this machine: --source fake is not used\n'
    assert.equal((await qcomSmem('--source fake doctor')).err, warning)
    for (const line of ['doctor', '--source live doctor', '--source fake doctor --json']) {
      assert.equal((await qcomSmem(line)).err, '', line)
    }
  })
})
