// SPDX-License-Identifier: MIT
// Which word of which mutex bank guards SMEM. `hwlocks` names bank and index; the bank is a register
// window of its own, or lies behind a `syscon`. Source: Linux Documentation/devicetree/bindings/hwlock/
// qcom-hwspinlock.yaml and drivers/hwspinlock/qcom_hwspinlock.c, which prefers the syscon where both are there.

import { type LockFamily, lockFamilies } from '../data/lock-families.js'
import { hexAddress } from '../errors.js'
import type { HwlockWord, PhysicalRange } from './board.js'
import { physicalRange } from './ranges.js'
import {
  cell,
  cells,
  type DeviceNode,
  type DeviceTree,
  levels,
  malformed,
  referenced,
  strings,
} from './tree.js'

/** Where a bank lies and how its locks are laid out. */
interface Bank {
  readonly form: 'reg' | 'syscon'
  readonly window: PhysicalRange
  readonly offset: number
  readonly stride: number
}

/** The mutex word of an smem node; null where the tree has none. EINVAL where it cannot be followed. */
export function hwlockOf(tree: DeviceTree, smem: DeviceNode): HwlockWord | null {
  const reference = cells(smem, 'hwlocks')
  if (reference === null) return vendorHwlock(tree)
  const [phandle, index] = reference
  if (phandle === undefined) throw malformed(smem, '"hwlocks" is empty')
  const provider = referenced(tree, smem, 'hwlocks', phandle)
  const argumentCount = cell(provider, '#hwlock-cells')
  if (argumentCount !== 1) {
    const found = argumentCount === null ? 'has no "#hwlock-cells"' : `has ${argumentCount}`
    throw malformed(provider, `${found}, a Qualcomm mutex bank has "#hwlock-cells" of 1`)
  }
  if (index === undefined) throw malformed(smem, '"hwlocks" names a bank but no lock index')

  const family = familyOf(provider)
  const bank = bankOf(tree, provider, family)
  const from = bank.offset + index * bank.stride
  const address = bank.window.base + from
  if (from + 4 > bank.window.size) {
    throw malformed(
      provider,
      `lock ${index} would be at ${hexAddress(address)}, outside the bank of ${bank.window.size} bytes`,
    )
  }
  return { family: family.name, bank: bank.window, index, address, form: bank.form }
}

/** Vendor kernels number the heap's lock "S:3" in their source, not in the tree. */
const VENDOR_INDEX = 3

/** The bank of a vendor tree, which nothing points to; its stride is its size over its number of locks. */
function vendorHwlock(tree: DeviceTree): HwlockWord | null {
  for (const level of levels(tree)) {
    for (const node of level) {
      if (!strings(node, 'compatible').includes('qcom,ipc-spinlock-sfpb')) continue
      const bank = physicalRange(node)
      const stride = bank.size / (cell(node, 'qcom,num-locks') ?? 0)
      const family = lockFamilies.find((row) => row.offset === 0 && row.stride === stride)
      if (family === undefined || bank.size < stride * (VENDOR_INDEX + 1)) {
        throw malformed(node, `its "reg" and "qcom,num-locks" give a stride of ${stride} bytes`)
      }
      const address = bank.base + stride * VENDOR_INDEX
      return { family: family.name, bank, index: VENDOR_INDEX, address, form: 'reg' }
    }
  }
  return null
}

/** `compatible` goes from special to general, and the general one would give the wrong stride. */
function familyOf(provider: DeviceNode): LockFamily {
  const compatible = strings(provider, 'compatible')
  for (const name of compatible) {
    const family = (lockFamilies as readonly LockFamily[]).find((row) =>
      row.compatible.includes(name),
    )
    if (family !== undefined) return family
  }
  const seen = compatible.length === 0 ? 'no "compatible"' : `compatible ${compatible.join(', ')}`
  throw malformed(
    provider,
    `is no mutex bank that we know: it has ${seen}`,
    'a new family is one row in the table of lock families',
  )
}

function bankOf(tree: DeviceTree, provider: DeviceNode, family: LockFamily): Bank {
  const syscon = cells(provider, 'syscon')
  if (syscon === null) {
    const { offset, stride } = family
    return { form: 'reg', window: physicalRange(provider), offset, stride }
  }
  const [phandle, offset, stride] = syscon
  if (phandle === undefined || offset === undefined || stride === undefined) {
    throw malformed(
      provider,
      `"syscon" has ${syscon.length} cells, expected <phandle offset stride>`,
    )
  }
  const registers = referenced(tree, provider, 'syscon', phandle)
  return { form: 'syscon', window: physicalRange(registers), offset, stride }
}
