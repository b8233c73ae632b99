// SPDX-License-Identifier: MIT
// The running kernel's tree, as a folder.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { discoverBoard } from '#lib/board/discover.js'
import { readProcDeviceTree } from '#lib/board/proc.js'
import { msm8916, sdm845 } from './boards.js'
import { type TreeText, writeFolder } from './tree-writer.js'

describe('/proc/device-tree', () => {
  let folder: string
  let root: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'smem-proc-'))
    root = join(folder, 'device-tree')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('that does not exist is ENODEV, with the way on', () => {
    assert.throws(() => readProcDeviceTree(root), {
      code: 'ENODEV',
      message: /no device tree at .*device-tree/,
      hint: /--source/,
    })
  })

  it('that is a file is ENODEV', () => {
    writeFileSync(root, 'no folder')
    assert.throws(() => readProcDeviceTree(root), { code: 'ENODEV' })
  })

  it('is followed where it is itself a link, as it is on every machine', () => {
    writeFolder(join(folder, 'base'), sdm845)
    symlinkSync('base', root)
    assert.equal(discoverBoard(readProcDeviceTree(root)).soc, 'qcom,sdm845')
  })

  it('is not followed where a link inside leads back up', () => {
    writeFolder(root, msm8916)
    symlinkSync('..', join(root, 'soc@0', 'loop'))
    assert.equal(discoverBoard(readProcDeviceTree(root)).soc, 'qcom,apq8016')
  })

  it('is read when a node is looked at, not before', () => {
    writeFolder(root, { ...sdm845, 'soc@0': { ranges: true } })
    const tree = readProcDeviceTree(root)
    writeFolder(join(root, 'soc@0'), sdm845['soc@0'] as TreeText)
    assert.equal(discoverBoard(tree).hwlock?.address, 0x01f43000)
  })

  it('says which file it could not read', () => {
    writeFolder(root, sdm845)
    const tree = readProcDeviceTree(root)
    const regions = tree.root.children.find((node) => node.name === 'reserved-memory')!
    const smem = regions.children[0]!
    assert.equal(smem.properties.has('reg'), true)
    rmSync(join(root, 'reserved-memory', 'smem@86000000', 'reg'))
    assert.throws(() => discoverBoard(tree), {
      code: 'ENOENT',
      message: /smem@86000000\/reg/,
      hint: /./,
    })
  })

  it('says which folder it could not read', () => {
    symlinkSync('device-tree', root)
    assert.throws(() => readProcDeviceTree(root), {
      code: 'ELOOP',
      message: /cannot read the device tree in .*device-tree/,
      hint: /./,
    })
  })
})
