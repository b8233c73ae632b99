// SPDX-License-Identifier: MIT
// The edges of SMP2P that a device tree describes: which two items each has, and what the kernel calls the words in
// them. Source: Linux Documentation/devicetree/bindings/soc/qcom/qcom,smp2p.yaml.

import type { Smp2pEdgeNode } from './board.js'
import { type DeviceNode, type DeviceTree, levels, strings } from './tree.js'

/** They are at the root, or below a bus of it: all of these levels are read for SMEM's own node anyway. */
const DEPTH = 3
const CELL = 4

/** Every edge that is described completely. A node that is not labels nothing, and harms nothing. */
export function smp2pNodes(tree: DeviceTree): Smp2pEdgeNode[] {
  const edges: Smp2pEdgeNode[] = []
  let depth = 0
  for (const level of levels(tree)) {
    for (const node of level) {
      if (strings(node, 'compatible').includes('qcom,smp2p')) edges.push(...edgeOf(node))
    }
    if (++depth === DEPTH) break
  }
  return edges
}

function edgeOf(node: DeviceNode): Smp2pEdgeNode[] {
  const [inItem, outItem] = numbers(node, 'qcom,smem', 2)
  const [remote] = numbers(node, 'qcom,remote-pid', 1)
  if (inItem === undefined || outItem === undefined || remote === undefined) return []
  return [{ node: node.path, remote, in: inItem, out: outItem, entries: entriesOf(node) }]
}

/** An entry that others may wait for is written by the remote side; one that they may set, by the kernel. */
function entriesOf(node: DeviceNode): Smp2pEdgeNode['entries'] {
  return node.children.flatMap((child) => {
    const [name] = strings(child, 'qcom,entry-name')
    if (name === undefined) return []
    return [{ name, direction: child.properties.has('interrupt-controller') ? 'in' : 'out' }]
  })
}

/** The cells of a property that has exactly `count`; none otherwise. */
function numbers(node: DeviceNode, property: string, count: number): number[] {
  const bytes = node.properties.get(property)
  if (bytes?.length !== count * CELL) return []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: count }, (_, i) => view.getUint32(i * CELL))
}
