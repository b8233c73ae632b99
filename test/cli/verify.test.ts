// SPDX-License-Identifier: MIT
// `verify` as users run it: a verdict in words, in JSON and as an exit code, over every kind of source.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checks } from '#lib/heap/check/checks.js'
import { buildImage, type SmemImage } from '#lib/testing/image.js'
import { profileNames } from '#lib/testing/profiles.js'
import { healthy11, healthy12, Part } from '../heap/check/broken.js'
import { BASE, MESSAGE_RAM } from '../heap/images.js'
import { qcomSmem } from './terminal.js'

const verify = (...args: string[]) => qcomSmem('verify', ...args)

describe('verify', () => {
  let folder = ''
  let files = 0
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'qcom-smem-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  /** `--source file:PATH`, and `--aux` where the image has message RAM. */
  function source({ regions: [main, ...auxiliary] }: Pick<SmemImage, 'regions'>): string[] {
    const file = (bytes: Uint8Array) => {
      const path = join(folder, `${files++}.bin`)
      writeFileSync(path, bytes)
      return path
    }
    const args = ['--source', `file:${file(main!.bytes)}`]
    for (const { base, bytes } of auxiliary) args.push('--aux', `${base}=${file(bytes)}`)
    return args
  }

  const spoilt = (description: typeof healthy12, ...words: [offset: number, value: number][]) => {
    const image = buildImage(description)
    for (const [offset, value] of words) image.patch32(offset, value)
    return source(image)
  }

  for (const name of profileNames) {
    it(`says that there are no findings in a fake ${name}`, async () => {
      const args = ['--source', `fake:${name}`]
      assert.deepEqual(await verify(...args), { code: 0, out: 'no findings\n', err: '' })
      const json = await verify(...args, '--json')
      assert.equal(json.code, 0)
      assert.deepEqual(JSON.parse(json.out), {
        schema: 'qcom-smem/verify@1',
        ok: true,
        findings: [],
      })
    })
  }

  it('says that there are no findings in dumps of both versions', async () => {
    for (const description of [healthy11, healthy12]) {
      const { code, out } = await verify(...source(buildImage(description)))
      assert.deepEqual([code, out], [0, 'no findings\n'])
    }
  })

  it('tells a finding as JSON, with the address of the record', async () => {
    const image = buildImage(healthy12)
    const { record } = image.item(428, Part.MODEM)
    image.patch32(record, 0)
    const { code, out, err } = await verify(...source(image), '--json')
    assert.deepEqual([code, err], [1, ''])
    const report = JSON.parse(out)
    const [{ message, ...finding }] = report.findings
    assert.deepEqual([report.schema, report.ok], ['qcom-smem/verify@1', false])
    assert.deepEqual(finding, {
      check: 'partition-canary',
      severity: 'error',
      host: 1,
      item: null,
      address: `0x${(BASE + record).toString(16)}`,
    })
    assert.match(message, /canary 0x0 instead of 0xa5a5/)
  })

  it('tells findings in columns, with the names of hosts', async () => {
    const image = buildImage(healthy12)
    image.patch32(image.partitions[Part.MODEM]!.offset, 0)
    image.patch32(0x40, 0x000b0000)
    const { code, out } = await verify(...source(image))
    assert.equal(code, 1)
    const [titles, ...rows] = out.trimEnd().split('\n')
    assert.match(titles!, /^SEVERITY +CHECK +HOST +ITEM +ADDRESS$/)
    assert.equal(rows.length, 2)
    assert.match(rows[0]!, /^error +partition-magic +modem +- +0x8630[0-9a-f]{4} +the partition/)
    assert.match(rows[1]!, /^warning +version-mismatch +- +- +0x86300040 +version word 0/)
  })

  it('exits 0 where there are only warnings', async () => {
    const { code, out } = await verify(...spoilt(healthy12, [0x40, 0x000b0000]), '--json')
    const { ok, findings } = JSON.parse(out)
    assert.deepEqual([code, ok, findings.length], [0, true, 1])
  })

  for (const [what, words, check] of [
    ['is not initialised', [[0xc0, 0]], 'header-uninitialized'],
    ['has a reserved word', [[0xcc, 7]], 'header-reserved'],
    ['is of an unknown version', [[0x5c, 0x000d0000]], 'version-unsupported'],
    ['has no partition table', [[0xf000, 0]], 'ptable-magic'],
    ['has a partition table of an unknown version', [[0xf004, 9]], 'ptable-version'],
  ] as [string, [number, number][], string][]) {
    it(`judges a heap that ${what}`, async () => {
      const args = spoilt(healthy12, ...words)
      const { code, out, err } = await verify(...args, '--base', String(BASE), '--json')
      assert.deepEqual([code, err], [1, ''])
      assert.deepEqual(
        JSON.parse(out).findings.map((finding: { check: string }) => finding.check),
        [check],
      )
    })
  }

  it('judges a file of a few bytes, and one of noise', async () => {
    const bytes = Uint8Array.from({ length: 0x9000 }, (_, i) => (i * 2654435761) >>> 13)
    for (const length of [1, 0xcf, 0xd1, 0x20cf, 0x9000]) {
      const image = { regions: [{ base: 0, bytes: bytes.slice(0, length) }] }
      const { code, out } = await verify(...source(image), '--json')
      assert.equal(code, 1)
      assert.ok(JSON.parse(out).findings.length > 0)
    }
  })

  it('points at --aux where an item lies in a region that was not given', async () => {
    const [main] = buildImage(healthy11).regions
    const { code, out } = await verify(...source({ regions: [main!] }))
    assert.equal(code, 1)
    assert.match(out, new RegExp(`toc-region .* 80 .*0x000${MESSAGE_RAM.toString(16)}`))
    assert.match((await verify('--explain', 'toc-region')).out, /--aux ADDR=PATH/)
  })

  it('sees the partitions of --local-host', async () => {
    const image = buildImage(healthy12)
    image.patch32(image.partitions[Part.FOREIGN]!.offset, 0)
    const hosts = async (...args: string[]) =>
      JSON.parse((await verify(...source(image), '--json', ...args)).out).findings.map(
        ({ host }: { host: number | null }) => host,
      )
    assert.deepEqual(await hosts(), [null])
    assert.deepEqual(await hosts('--local-host', 'modem'), [2])
  })

  it('explains each check by its name, with no source', async () => {
    for (const { name, severity, explanation } of checks) {
      const args = ['--source', 'file:/nowhere', '--explain', name]
      assert.deepEqual(await verify(...args), {
        code: 0,
        out: `${name} (${severity})\n\n${explanation}\n`,
        err: '',
      })
      assert.deepEqual(JSON.parse((await verify(...args, '--json')).out), {
        schema: 'qcom-smem/check@1',
        check: name,
        severity,
        explanation,
      })
    }
  })

  it('suggests the check that was meant, and names them all where none is near', async () => {
    const near = await verify('--explain', 'partition-cannary')
    assert.deepEqual([near.code, near.out], [2, ''])
    assert.match(near.err, /did you mean partition-canary\?/)
    const far = await verify('--explain', 'x')
    assert.equal(far.code, 2)
    for (const { name } of checks) assert.ok(far.err.includes(name), name)
    assert.equal((await verify('--explain')).code, 2)
  })
})
