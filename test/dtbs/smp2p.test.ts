// SPDX-License-Identifier: MIT
// The SMP2P nodes of every Qualcomm device tree that Debian ships with its arm64 kernel: the ids that they give to an
// edge are those by which we tell who writes an item and who reads it.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { readDtb } from '#lib/board/fdt.js'
import { smp2pNodes } from '#lib/board/smp2p-nodes.js'
import type { DeviceNode } from '#lib/board/tree.js'
import { smp2pItemId, smp2pReplyOf } from '#lib/items/smp2p-edges.js'

const APPS = 0
const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
const folder = join(cache, 'qcom-smem', 'dtbs')
const trees = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.dtb'))
    .map((name) => ({ name, tree: readDtb(readFileSync(join(folder, name))) }))

/** However deep; the reader looks near the top only. */
function countIn(node: DeviceNode): number {
  const compatible = Buffer.from(node.properties.get('compatible') ?? []).toString('latin1')
  const here = compatible.split('\0').includes('qcom,smp2p') ? 1 : 0
  return node.children.reduce((sum, child) => sum + countIn(child), here)
}

describe('the SMP2P nodes of a distribution', () => {
  it('are all found, with the items of their hosts and words in both directions', () => {
    let found = 0
    for (const { name, tree } of trees()) {
      const edges = smp2pNodes(tree)
      assert.equal(edges.length, countIn(tree.root), name)
      for (const { node, remote, in: inItem, out, entries } of edges) {
        const where = `${name} ${node}`
        assert.equal(out, smp2pItemId({ from: APPS, to: remote }), where)
        assert.equal(inItem, smp2pItemId({ from: remote, to: APPS }), where)
        assert.equal(smp2pReplyOf(inItem), out, where)
        assert.deepEqual([...new Set(entries.map((entry) => entry.direction))].sort(), [
          'in',
          'out',
        ])
      }
      found += edges.length
    }
    assert.ok(found >= 732, `${found} nodes`)
  })
})
