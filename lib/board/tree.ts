// SPDX-License-Identifier: MIT
// A device tree as plain nodes, wherever it came from. Properties are raw bytes; what they mean is
// decided by who reads them: 32-bit big-endian cells, or strings that each end in a NUL.
// Source: the Devicetree Specification v0.4, chapter 2.

import { SmemError } from '../errors.js'

/** What a node's properties must answer; a Map does. */
export type Properties = Pick<ReadonlyMap<string, Uint8Array>, 'get' | 'has'>

export interface DeviceNode {
  /** With the unit address: `hwlock@1f40000`; empty for the root. */
  readonly name: string
  /** From the root: `/soc@0/hwlock@1f40000`. */
  readonly path: string
  readonly parent: DeviceNode | null
  readonly properties: Properties
  readonly children: readonly DeviceNode[]
}

export interface DeviceTree {
  readonly root: DeviceNode
}

export function childPath(parent: DeviceNode | null, name: string): string {
  return parent === null ? '/' : `${parent.parent === null ? '' : parent.path}/${name}`
}

/** The property as 32-bit cells; null where the node does not have it. EINVAL for a broken length. */
export function cells(node: DeviceNode, property: string): number[] | null {
  const bytes = node.properties.get(property)
  if (bytes === undefined) return null
  if (bytes.length % 4 !== 0) {
    throw malformed(node, `"${property}" has ${bytes.length} bytes, which is no number of cells`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(i * 4))
}

/** A property of exactly one cell; null where the node does not have it. */
export function cell(node: DeviceNode, property: string): number | null {
  const values = cells(node, property)
  if (values === null) return null
  if (values.length !== 1) {
    throw malformed(node, `"${property}" has ${values.length} cells, expected one`)
  }
  return values[0]!
}

/** The property as a list of strings; empty where the node does not have it. */
export function strings(node: DeviceNode, property: string): string[] {
  const bytes = node.properties.get(property)
  if (bytes === undefined) return []
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .split('\0')
    .filter((text) => text !== '')
}

/** The nodes level by level, the root first: what we look for lies near the top, and a tree is large. */
export function* levels(tree: DeviceTree): Generator<readonly DeviceNode[]> {
  let level: readonly DeviceNode[] = [tree.root]
  while (level.length > 0) {
    yield level
    level = level.flatMap((node) => node.children)
  }
}

/** The node that other nodes call `phandle`; null where there is none. */
function nodeByPhandle(tree: DeviceTree, phandle: number): DeviceNode | null {
  for (const level of levels(tree)) {
    for (const node of level) if (phandleOf(node) === phandle) return node
  }
  return null
}

/** Follows the phandle in a property of `node`. EINVAL where it leads nowhere. */
export function referenced(
  tree: DeviceTree,
  node: DeviceNode,
  property: string,
  phandle: number,
): DeviceNode {
  const target = nodeByPhandle(tree, phandle)
  if (target === null) {
    const number = `0x${phandle.toString(16)}`
    throw malformed(node, `"${property}" points to phandle ${number}, which no node has`)
  }
  return target
}

/** `linux,phandle` is what trees had before 2011; some boot loaders still write it. */
function phandleOf(node: DeviceNode): number | null {
  const bytes = node.properties.get('phandle') ?? node.properties.get('linux,phandle')
  if (bytes?.length !== 4) return null
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0)
}

/** A tree that cannot be followed, told with the node where it breaks. */
export function malformed(
  node: DeviceNode,
  problem: string,
  hint = 'check that this is the device tree that the board boots with',
): SmemError {
  return new SmemError('EINVAL', `device tree node ${node.path}: ${problem}`, { hint })
}
