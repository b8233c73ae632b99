// SPDX-License-Identifier: MIT
// Is there a device tree at all? PCs and Arm laptops booted with ACPI have none, and containers hide it.

import { ok, problem, type Verdict } from './finding.js'
import type { Machine } from './machine.js'

const ELSEWHERE =
  'run qcom-smem on the board; here, read a dump with --source file:PATH or see the fake SoC with --source fake'

export function deviceTree(machine: Machine): Verdict {
  const { deviceTree: tree, container, board, boardError } = machine
  if (tree.dangling && container !== null) {
    return problem(
      'the device tree is hidden in this container',
      ['/proc/device-tree: leads nowhere', `${container}: is there`],
      'run outside of the container, or start it with --security-opt systempaths=unconfined',
    )
  }
  // Kernels since 6.10 show an empty tree where the firmware gave none.
  const placeholder = tree.acpi !== null && boardError?.code === 'ENODEV'
  if (!tree.present || placeholder) {
    return problem(
      withoutTree(machine),
      [
        `/proc/device-tree: ${tree.present ? 'describes no board' : 'no such folder'}`,
        ...(tree.acpi === null ? [] : [`${tree.acpi}: is there`]),
        `this is ${machine.native.platform}, ${machine.native.arch}`,
      ],
      ELSEWHERE,
    )
  }
  const model = board?.model ?? null
  return ok('there is a device tree', [
    model === null ? '/proc/device-tree: is there' : `/proc/device-tree/model: ${model}`,
  ])
}

function withoutTree({ native, deviceTree: { acpi } }: Machine): string {
  if (!native.arch.startsWith('arm')) {
    return `this is no Qualcomm board: it has no device tree, and its processor is ${native.arch}`
  }
  return acpi === null
    ? 'this machine has no device tree'
    : 'this machine was booted with ACPI, which does not say where SMEM is'
}
