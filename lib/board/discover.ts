// SPDX-License-Identifier: MIT
// From a device tree to the place of SMEM. Three styles are in use: the reserved-memory node is the
// device, the device points to one with `memory-region`, or (vendor kernels) the device has `reg` itself.
// Source: Linux Documentation/devicetree/bindings/soc/qcom/qcom,smem.yaml and drivers/soc/qcom/smem.c.

import { hexAddress, SmemError } from '../errors.js'
import type { Board, CarveOut, PhysicalRange } from './board.js'
import { hwlockOf } from './hwlock.js'
import { physicalRange } from './ranges.js'
import { smp2pNodes } from './smp2p-nodes.js'
import {
  cells,
  type DeviceNode,
  type DeviceTree,
  levels,
  malformed,
  referenced,
  strings,
} from './tree.js'

/** Reads a board out of its tree. ENODEV where no SMEM is described, EINVAL where it cannot be followed. */
export function discoverBoard(tree: DeviceTree): Board {
  const smem = smemNode(tree)
  const compatible = strings(tree.root, 'compatible')
  return {
    model: strings(tree.root, 'model')[0] ?? null,
    compatible,
    soc: compatible.findLast((name) => name.startsWith('qcom,')) ?? null,
    carveOut: carveOutOf(tree, smem),
    auxiliary: auxiliaryOf(tree, smem),
    hwlock: hwlockOf(tree, smem),
    smp2p: smp2pNodes(tree),
  }
}

/** No known tree has it below /soc/x; the rest is searched only where nothing is found up there. */
const USUAL_DEPTH = 2

function smemNode(tree: DeviceTree): DeviceNode {
  const enabled: DeviceNode[] = []
  const disabled: DeviceNode[] = []
  let depth = 0
  for (const level of levels(tree)) {
    if (depth++ > USUAL_DEPTH && enabled.length > 0) break
    for (const node of level) {
      if (!strings(node, 'compatible').includes('qcom,smem')) continue
      ;(isEnabled(node) ? enabled : disabled).push(node)
    }
  }
  const [only, second] = enabled
  if (only === undefined) throw noSmem(tree, disabled)
  if (second !== undefined) {
    throw malformed(
      second,
      `is a second "qcom,smem" node beside ${only.path}; a board has one SMEM`,
      'disable one of them with status = "disabled"',
    )
  }
  return only
}

function isEnabled(node: DeviceNode): boolean {
  const [status] = strings(node, 'status')
  return status === undefined || status === 'okay' || status === 'ok'
}

function noSmem(tree: DeviceTree, disabled: DeviceNode[]): SmemError {
  const whose = strings(tree.root, 'model')[0] ?? 'this machine'
  const [off] = disabled
  const problem =
    off === undefined ? 'has no "qcom,smem" node' : `has ${off.path}, but its status is not "okay"`
  return new SmemError('ENODEV', `no SMEM here: the device tree of ${whose} ${problem}`, {
    hint: 'try a dump with --source file:PATH, or the fake SoC with --source fake',
  })
}

function carveOutOf(tree: DeviceTree, smem: DeviceNode): CarveOut {
  if (smem.parent?.path === '/reserved-memory') return reserved(smem)
  const region = cells(smem, 'memory-region')
  if (region !== null) {
    const [phandle] = region
    if (phandle === undefined) throw malformed(smem, '"memory-region" is empty')
    return reserved(referenced(tree, smem, 'memory-region', phandle))
  }
  if (!smem.properties.has('reg')) {
    throw malformed(smem, 'says nowhere where SMEM is: no "memory-region", no "reg"')
  }
  const named = strings(smem, 'reg-names').indexOf('smem')
  const range = physicalRange(smem, Math.max(named, 0))
  return whole({ ...range, node: smem.path, noMap: isUnmapped(tree, range) })
}

function reserved(node: DeviceNode): CarveOut {
  if (!node.properties.has('reg') && node.properties.has('size')) {
    throw malformed(
      node,
      'has "size" but no "reg": the kernel chose the address at boot and does not write it down',
      'use a device tree with a fixed "reg", as the boot firmware needs one anyway',
    )
  }
  return whole({
    ...physicalRange(node),
    node: node.path,
    noMap: node.properties.has('no-map'),
  })
}

function whole(carveOut: CarveOut): CarveOut {
  if (carveOut.base % 4 === 0 && carveOut.size % 4 === 0) return carveOut
  const where = `${hexAddress(carveOut.base)}, ${carveOut.size} bytes`
  throw new SmemError(
    'EINVAL',
    `device tree node ${carveOut.node}: ${where}, is not made of whole words`,
    {
      address: carveOut.base,
      hint: 'check "reg", "#address-cells" and "#size-cells" of its parent',
    },
  )
}

/** The vendor style says it elsewhere: in a reserved-memory node that covers the range. */
function isUnmapped(tree: DeviceTree, range: PhysicalRange): boolean {
  const reservations = tree.root.children.find((node) => node.path === '/reserved-memory')
  return (reservations?.children ?? []).some((node) => {
    if (!node.properties.has('no-map') || !node.properties.has('reg')) return false
    const { base, size } = physicalRange(node)
    return base <= range.base && range.base + range.size <= base + size
  })
}

function auxiliaryOf(tree: DeviceTree, smem: DeviceNode): PhysicalRange[] {
  const named = strings(smem, 'reg-names').flatMap((name, index) =>
    name.startsWith('aux-mem') ? [physicalRange(smem, index)] : [],
  )
  const messageRam = cells(smem, 'qcom,rpm-msg-ram')
  if (messageRam === null) return named
  const [phandle] = messageRam
  if (phandle === undefined) throw malformed(smem, '"qcom,rpm-msg-ram" is empty')
  return [physicalRange(referenced(tree, smem, 'qcom,rpm-msg-ram', phandle)), ...named]
}
