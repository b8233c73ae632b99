// SPDX-License-Identifier: MIT
// `boards`: the table of boards, without any SMEM.

import assert from 'node:assert/strict'
import { Exit } from '#lib/cli/exit.js'
import { qcomSmem } from './terminal.js'

const json = async (...args: string[]) => JSON.parse((await qcomSmem('--json', ...args)).out)

describe('boards', () => {
  it('lists every SoC and place of SMEM on a line', async () => {
    const { code, out } = await qcomSmem('boards')
    assert.equal(code, Exit.OK)
    assert.equal(out.trimEnd().split('\n').length, 85)
    assert.match(out, /^qcom,ipq8064 +0x41000000 +0x200000 +0x01200610 +sfpb +- +11 /m)
    assert.match(out, /^qcom,sm4450 +- +- +- +- +- +\? /m)
  })

  it('tells one whole', async () => {
    const { code, out } = await qcomSmem('boards', 'qcom,msm8916')
    assert.equal(code, Exit.OK)
    assert.match(out, /^SMEM +0x86300000, 0x100000 bytes$/m)
    assert.match(out, /^auxiliary +0x00060000, 0x8000 bytes$/m)
    assert.match(out, /^lock +0x01908000: lock 3 of the bank$/m)
    assert.match(out, /^bank +0x01905000, 0x20000 bytes, qcom,tcsr-mutex \(tcsr\)$/m)
    assert.match(out, /^heap +version 11 \(inferred, /m)
    assert.match(out, /^source +arm64\/qcom\/msm8916\.dtsi$/m)
  })

  it('tells both places of a SoC that has two', async () => {
    const { out } = await qcomSmem('boards', 'MSM8226')
    assert.deepEqual(out.match(/^SMEM +\S+/gm), [
      'SMEM          0x0fa00000,',
      'SMEM          0x03000000,',
    ])
  })

  it('says what message RAM is no region of SMEM, and where there is no SMEM at all', async () => {
    const { out } = await qcomSmem('boards', 'msm8998')
    assert.match(out, /^auxiliary +none$/m)
    assert.match(out, /^message RAM +0x00778000, 0x7000 bytes: not a region of SMEM$/m)
    assert.match((await qcomSmem('boards', 'mdm9615')).out, /described by none of its device trees/)
  })

  it('is data with --json', async () => {
    const { schema, boards } = await json('boards')
    assert.equal(schema, 'qcom-smem/boards@1')
    assert.equal(boards.length, 84)
    const glymur = (await json('boards', 'glymur')).boards
    assert.deepEqual(glymur, [boards.find(({ soc }: { soc: string }) => soc === 'qcom,glymur')])
    assert.deepEqual(glymur[0].heap, {
      major: 12,
      basis: 'EDK2 for glymur is built with version 0x000C0000',
    })
    const none = boards.find(({ soc }: { soc: string }) => soc === 'qcom,msm8660')
    assert.deepEqual([none.base, none.size, none.hwlock, none.heap], [null, null, null, null])
  })

  it('refuses an unknown SoC with the nearest one', async () => {
    const { code, err } = await qcomSmem('boards', 'sm8251')
    assert.equal(code, Exit.USAGE)
    assert.match(err, /did you mean sm8250\?/)
  })
})
