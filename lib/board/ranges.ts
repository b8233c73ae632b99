// SPDX-License-Identifier: MIT
// From a node's `reg` to physical addresses. The widths of `reg` are the parent's, and every bus on the
// way to the root translates through its `ranges`. Source: the Devicetree Specification v0.4, 2.3.6 and
// 2.3.8; the defaults of 2 and 1 cells, and a test of the start address only, as in Linux drivers/of/address.c.

import type { PhysicalRange } from './board.js'
import { cell, cells, type DeviceNode, malformed } from './tree.js'

const DEFAULT_ADDRESS_CELLS = 2
const DEFAULT_SIZE_CELLS = 1
/** PCI has three; nothing has more than four. */
const MAX_CELLS = 4

/** Entry `index` of the node's `reg`, as the processors see it. EINVAL where it cannot be told. */
export function physicalRange(node: DeviceNode, index = 0): PhysicalRange {
  const bus = node.parent
  if (bus === null) throw malformed(node, 'the root node has no address')
  const width = { address: addressCells(bus), size: sizeCells(bus) }
  const entries = records(node, 'reg', [width.address, width.size])
  const entry = entries?.[index]
  if (entries === null) throw malformed(node, 'has no "reg"')
  if (entry === undefined) {
    throw malformed(node, `"reg" has ${entries.length} entries, entry ${index} is missing`)
  }
  const [address, size] = entry as [bigint, bigint]
  const range = { base: exact(node, translate(node, bus, address)), size: exact(node, size) }
  if (range.size === 0) throw malformed(node, `entry ${index} of "reg" has size 0`)
  exact(node, BigInt(range.base) + size)
  return range
}

/** Walks from the bus that `address` is written in to the root. */
function translate(node: DeviceNode, bus: DeviceNode, address: bigint): bigint {
  let physical = address
  let here = bus
  while (here.parent !== null) {
    physical = throughBus(node, here, here.parent, physical)
    here = here.parent
  }
  return physical
}

function throughBus(
  node: DeviceNode,
  bus: DeviceNode,
  parent: DeviceNode,
  address: bigint,
): bigint {
  // The kernel reads /reserved-memory at early boot without translating, so a missing `ranges` does not matter.
  if (bus.path === '/reserved-memory' && !bus.properties.has('ranges')) return address
  const widths = [addressCells(bus), addressCells(parent), sizeCells(bus)]
  const windows = records(bus, 'ranges', widths)
  const at = `0x${address.toString(16)}`
  if (windows === null) {
    throw malformed(node, `address ${at} is not physical: ${bus.path} has no "ranges"`)
  }
  if (windows.length === 0) return address
  for (const [child, parentBase, size] of windows as [bigint, bigint, bigint][]) {
    if (address >= child && address - child < size) return parentBase + (address - child)
  }
  throw malformed(node, `address ${at} is in no window of "ranges" of ${bus.path}`)
}

/** Splits a property into records of numbers, each as many cells wide as `widths` says. */
function records(node: DeviceNode, property: string, widths: number[]): bigint[][] | null {
  const values = cells(node, property)
  if (values === null) return null
  const stride = widths.reduce((sum, width) => sum + width, 0)
  if (stride === 0 ? values.length > 0 : values.length % stride !== 0) {
    throw malformed(
      node,
      `"${property}" has ${values.length} cells, which is no multiple of ${widths.join(' + ')}`,
    )
  }
  const found: bigint[][] = []
  for (let at = 0; at < values.length; ) {
    const record = widths.map((width) => {
      const number = joined(values.slice(at, at + width))
      at += width
      return number
    })
    found.push(record)
  }
  return found
}

function joined(words: number[]): bigint {
  return words.reduce((value, word) => (value << 32n) | BigInt(word), 0n)
}

function addressCells(bus: DeviceNode): number {
  return width(bus, '#address-cells', DEFAULT_ADDRESS_CELLS)
}

function sizeCells(bus: DeviceNode): number {
  return width(bus, '#size-cells', DEFAULT_SIZE_CELLS)
}

function width(bus: DeviceNode, property: string, otherwise: number): number {
  const count = cell(bus, property) ?? otherwise
  if (count > MAX_CELLS) throw malformed(bus, `"${property}" is ${count}, more than ${MAX_CELLS}`)
  return count
}

function exact(node: DeviceNode, value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw malformed(node, `0x${value.toString(16)} is beyond every address of a Qualcomm SoC`)
  }
  return Number(value)
}
