// SPDX-License-Identifier: MIT
// A snapshot on the command line: what it tells of itself, and what it does not have.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { takeSnapshot } from '#lib/inspect/snapshot.js'
import { openSource } from '#lib/source/open.js'
import { qcomSmem } from './terminal.js'

describe('a snapshot', () => {
  let folder: string
  let path: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'captured-'))
    path = join(folder, 'smem.elf')
    const source = openSource({ source: 'fake:sdm845' })
    const { bytes } = takeSnapshot(source, { tool: { name: 'qcom-smem', version: '1.2.3' } })
    source.close()
    writeFileSync(path, bytes)
  })
  after(() => rmSync(folder, { recursive: true }))

  const run = (...args: string[]) => qcomSmem('--source', `file:${path}`, ...args)

  it('says when and where it was taken, of which board, and who had the mutex', async () => {
    const { out, err, code } = await run('info', '--json')
    const { captured, hwlock, board, base } = JSON.parse(out)
    assert.deepEqual([code, err], [0, ''])
    assert.deepEqual(Object.keys(captured), ['tool', 'time', 'host', 'kernel', 'source', 'torn'])
    assert.deepEqual(captured.tool, { name: 'qcom-smem', version: '1.2.3' })
    assert.deepEqual([captured.source, captured.torn], ['fake:sdm845', false])
    assert.deepEqual([base, board.soc], ['0x86000000', 'qcom,sdm845'])
    assert.deepEqual([hwlock.family, hwlock.owner], ['tcsr', 0])
    assert.match((await run('info')).out, /^taken +\d{4}-\d\d-\d\dT.* from fake:sdm845 on /m)
  })

  it('has the partitions of one host only', async () => {
    const { code, err } = await run('--local-host', 'modem', 'list')
    assert.equal(code, 4)
    assert.match(err, /EPERM: this snapshot has the partitions of host 0 only, not of 1/)
    assert.equal((await run('--local-host', 'apps', 'list')).code, 0)
  })

  it('is read as any other core where an address is given', async () => {
    const { out } = await run('--base', '0x86000000', 'info', '--json')
    const { captured, base } = JSON.parse(out)
    assert.deepEqual([captured, base], [null, '0x86000000'])
  })
})
