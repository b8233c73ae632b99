// SPDX-License-Identifier: MIT
// Which edge of the device tree an SMP2P item belongs to, and which of its words the kernel uses: the tree refers to
// items by their ids.

import type { Board, Smp2pEdgeNode } from '../board/board.js'

export interface Smp2pItemNode {
  /** Path of the device tree's node. */
  readonly node: string
  /** SMEM host id of the other processor. */
  readonly remote: number
  /** Who writes the item: the other processor (`in`), or the one that the tree is for (`out`). */
  readonly direction: 'in' | 'out'
  /** The words in it that the kernel uses. */
  readonly entries: readonly string[]
}

/** The node of an item; null where no tree was read, or none of its nodes is the one. */
export function smp2pNodeOf(
  board: Board | null,
  item: { readonly id: number; readonly host: number | null },
): Smp2pItemNode | null {
  // The two ids of the newer edges are used once in each partition: there the host decides.
  const nodes = (board?.smp2p ?? []).filter(
    (edge) => isOf(edge, item.id) && (item.host === null || item.host === edge.remote),
  )
  const [edge] = nodes
  if (edge === undefined || nodes.length > 1) return null
  const direction = edge.in === item.id ? 'in' : 'out'
  const used = edge.entries.filter((entry) => entry.direction === direction)
  return {
    node: edge.node,
    remote: edge.remote,
    direction,
    entries: used.map(({ name }) => name),
  }
}

function isOf(edge: Smp2pEdgeNode, id: number): boolean {
  return edge.in === id || edge.out === id
}
