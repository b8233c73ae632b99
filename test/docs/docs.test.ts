// SPDX-License-Identifier: MIT
// What the pages promise: that the files they name are there, and that the JSON has the fields that are described.
// What they show in blocks is done by executor.test.ts.

import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Exit } from '#lib/cli/exit.js'
import type { PageData } from '#lib/inspect/page.js'
import { Plan } from '#lib/port/plan.js'
import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { runCli } from '../cli/terminal.js'
import { leave, WAITING } from '../lock/page.js'
import { filesBelow, furtherPages, pages, prose, read, root, section, tables } from './pages.js'

const missing = (paths: string[]) => paths.filter((path) => !existsSync(join(root, path)))

describe('the pages', () => {
  for (const page of [...pages, ...furtherPages]) {
    it(`${page} has relative links that lead somewhere`, () => {
      const links = [...prose(page).matchAll(/\]\(([^)#\s]+)/g)]
        .map(([, target]) => target!)
        .filter((target) => !/^[a-z]+:/.test(target))
        .map((target) => join(dirname(page), target))
      assert.deepEqual(missing(links), [])
    })

    it(`${page} names files that are there`, () => {
      const named = [...prose(page).matchAll(/`((?:lib|native|test|docs|scripts|cmake)\/[^`]*)`/g)]
        .map(([, path]) => path!)
        .filter((path) => !/[<>*\s]|NNNN/.test(path))
      assert.deepEqual(missing(named), [])
    })
  }

  it('are there where a comment in the sources names them', () => {
    const sources = [
      ...['lib', 'native', 'scripts', 'test', 'cmake'].flatMap(filesBelow),
      ...['CMakeLists.txt', 'binding.gyp', 'package.json'],
    ].filter((file) => /\.(ts|js|cjs|cc|h|c|sh|py|cmake|txt|gyp|json)$/.test(file))
    const named = sources.flatMap((file) =>
      [...read(file).matchAll(/\bdocs\/[\w/.-]+\.md\b/g)].map(([path]) => path),
    )
    assert.ok(named.length > 0)
    assert.deepEqual(missing(named), [])
  })
})

describe('docs/seed-features.md', () => {
  it('has a row for each of the 34 elements and 19 points', () => {
    const ids = tables(read('docs/seed-features.md')).flatMap((rows) => rows.map(([id]) => id))
    const upTo = (letter: string, count: number) =>
      Array.from({ length: count }, (_, i) => `${letter}${i + 1}`)
    assert.deepEqual(ids.slice(0, 53), [...upTo('A', 34), ...upTo('B', 19)])
  })

  it('has an answer in every row', () => {
    const answers = tables(read('docs/seed-features.md')).flat()
    assert.deepEqual(
      answers.filter((row) => row.at(-1) === ''),
      [],
    )
  })
})

describe('docs/json.md', () => {
  const described = (heading: string) =>
    tables(section('docs/json.md', heading)).map((rows) =>
      rows.flatMap(([names]) => names!.split(', ')).sort(),
    )
  const keys = (value: unknown) => Object.keys(value as object).sort()
  const json = async (...args: string[]) => {
    const { out: stdout, err: stderr } = await runCli(['--source', 'fake', '--json', ...args])
    return JSON.parse(stdout || stderr) as Record<string, unknown[]>
  }

  it('has the fields of list', async () => {
    const list = await json('list')
    assert.deepEqual(described('`list --json`: `qcom-smem/list@1`'), [
      keys(list),
      keys(list.items![0]),
    ])
  })

  it('has the fields of show', async () => {
    const shown = await json('show', '137')
    assert.deepEqual(described('`show ITEM --json`: `qcom-smem/show@1`'), [
      keys(shown),
      keys(shown.fields![0]),
    ])
  })

  it('has the fields of versions', async () => {
    const { images, protocols, ...rest } = await json('versions')
    assert.deepEqual(described('`versions --json`: `qcom-smem/versions@1`'), [
      keys({ schema: '', images, protocols, ...rest }),
      keys(images![0]),
      keys(protocols![0]),
    ])
  })

  it('has the fields of info', async () => {
    assert.deepEqual(described('`info --json`: `qcom-smem/info@1`'), [keys(await json('info'))])
  })

  it('has the fields of partitions', async () => {
    const listed = await json('partitions')
    assert.deepEqual(described('`partitions --json`: `qcom-smem/partitions@1`'), [
      keys(listed),
      keys(listed.partitions![0]),
    ])
  })

  it('has the fields of alloc', async () => {
    const plan = await json('alloc', '300', '8', '--zero', '--write')
    const { guards, steps, commit } = plan
    assert.deepEqual(described('`alloc ITEM SIZE --json`: `qcom-smem/plan@1`'), [
      keys(plan),
      keys(guards![0]),
      keys(steps![0]),
      keys(commit),
    ])
  })

  it('has the fields of lock and of lock release', async () => {
    using soc = FakeSoc.create()
    using smem = Smem.open({ source: `fake:${soc.path}`, writable: true })
    smem.alloc(300, 8)
    const steps = new Plan()
    leave(soc, { intent: WAITING, owner: 251, register: 0, steps, progress: 0 })
    using _claim = smem.claim(300)
    const lock = await json('--source', `fake:${soc.path}`, 'lock')
    const release = await json('--source', `fake:${soc.path}`, 'lock', 'release')
    assert.deepEqual(described('`lock --json`: `qcom-smem/lock@1`'), [
      keys(lock),
      keys(lock.intent),
      keys(lock.hold),
      keys(lock.claims![0]),
      keys(release),
    ])
  })

  it('has the fields of claim', async () => {
    assert.deepEqual(described('`claim ITEM --json`: `qcom-smem/claim@1`'), [
      keys(await json('claim', '300', '--', 'true')),
    ])
  })

  it('has the fields of fake', async () => {
    assert.deepEqual(described('`fake --json`: `qcom-smem/fake@1`'), [
      keys(await json('fake', '--', 'true')),
    ])
  })

  it('has the fields of snapshot, of its note and of the board in it', async () => {
    const folder = mkdtempSync(join(root, 'build', 'snapshot-'))
    try {
      const report = await json('snapshot', '-o', join(folder, 'smem.elf'))
      const note = report.note as unknown as Record<string, unknown[]>
      assert.deepEqual(described('`snapshot -o FILE --json`: `qcom-smem/snapshot-report@1`'), [
        keys(report),
        keys(note),
        keys(note.board),
      ])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('has the fields of report, of its page, of items and of spans in it', async () => {
    const folder = mkdtempSync(join(root, 'build', 'report-'))
    try {
      const file = join(folder, 'smem.html')
      const report = await json('report', '-o', file)
      const [, data] = /id="data">(.*?)<\/script>/s.exec(readFileSync(file, 'utf8'))!
      const page = JSON.parse(data!) as PageData
      const listed = new Set(keys((await json('list')).items![0]))
      const heading = '`report -o FILE --json`: `qcom-smem/report@1`'
      assert.deepEqual(described(heading), [
        keys(report),
        keys(page),
        keys(page.items[0]).filter((key) => !listed.has(key)),
        keys(page.map.regions[0]!.spans[0]),
      ])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('has the fields of diff', async () => {
    const report = await json('diff', 'fake', 'fake:msm8916')
    assert.deepEqual(described('`diff A B --json`: `qcom-smem/diff@1`'), [
      keys(report),
      keys(report.items![0]),
    ])
  })

  it('has the fields and the checks of doctor', async () => {
    const heading = '`doctor --json`: `qcom-smem/doctor@1`'
    const report = await json('doctor')
    const findings = report.findings as { check: string }[]
    assert.deepEqual(described(heading), [keys(report), keys(findings[0])])
    const [check] = tables(section('docs/json.md', heading))[1]!
    assert.deepEqual(
      check![2]!.split(', '),
      findings.map((finding) => finding.check),
    )
  })

  it('has the fields of a failure', async () => {
    const failure = await json('show', '500')
    assert.equal(failure.schema, 'qcom-smem/error@1')
    assert.deepEqual(described('Failures with `--json`: `qcom-smem/error@1`'), [keys(failure)])
  })

  it('has the exit codes of the program', () => {
    const [rows] = tables(section('docs/json.md', 'Exit codes'))
    assert.deepEqual(
      rows!.map(([code]) => Number(code)),
      Object.values(Exit),
    )
  })
})
