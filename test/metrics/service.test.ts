// SPDX-License-Identifier: MIT
// The service that the documentation gives to boards, as systemd's own tool reads it.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fleet } from './prometheus.js'

const remedy = 'sh scripts/apt-install.sh systemd'
const unit = readFileSync(join(fleet, 'qcom-smem.service'), 'utf8')

/** What the tool says of the unit; the program need not be installed here. */
function analyze(...args: string[]): { status: number | null; said: string } {
  const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-service-'))
  try {
    const path = join(folder, 'qcom-smem.service')
    writeFileSync(path, unit.replace('/usr/bin/qcom-smem', process.execPath))
    const ran = spawnSync('systemd-analyze', [...args, path], { encoding: 'utf8' })
    assert.equal(ran.error, undefined, `systemd-analyze does not start: ${remedy}`)
    return { status: ran.status, said: ran.stdout + ran.stderr }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('the service of a board', () => {
  it('has nothing in it that systemd does not know', () => {
    assert.deepEqual(analyze('verify'), { status: 0, said: '' })
  })

  it('is exposed to little, by the measure of systemd', () => {
    const { status, said } = analyze('security', '--offline=yes', '--threshold=20')
    assert.equal(status, 0, said)
    assert.match(said, /Overall exposure level for qcom-smem\.service: 1\.\d OK/)
  })

  it('has one capability, one device, and that for reading', () => {
    const settings = (name: string) =>
      [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value]) => value)
    assert.deepEqual(settings('AmbientCapabilities'), ['CAP_SYS_RAWIO'])
    assert.deepEqual(settings('CapabilityBoundingSet'), ['CAP_SYS_RAWIO'])
    assert.deepEqual(settings('DeviceAllow'), ['/dev/mem r'])
    assert.deepEqual(settings('DevicePolicy'), ['closed'])
    assert.deepEqual(settings('User'), ['qcom-smem'])
  })
})
