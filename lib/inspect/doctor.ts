// SPDX-License-Identifier: MIT
// What stands between this machine and its SMEM, with the evidence and the remedy. Facts are gathered
// first, then judged one by one; a new check is a file and a line in the table.

import { boardTable } from './doctor/board-table.js'
import { carveOut } from './doctor/carve-out.js'
import { devMem } from './doctor/dev-mem.js'
import { deviceTree } from './doctor/device-tree.js'
import type { Finding, Verdict } from './doctor/finding.js'
import { heap } from './doctor/heap.js'
import { kernelDriver } from './doctor/kernel-driver.js'
import { lockdown } from './doctor/lockdown.js'
import { gatherMachine, type Machine, type MachineOptions } from './doctor/machine.js'
import { mutexPage } from './doctor/mutex-page.js'
import { nativeModule } from './doctor/native-module.js'
import { privilege } from './doctor/privilege.js'
import { smemNode } from './doctor/smem-node.js'
import { socinfoKernel } from './doctor/socinfo-kernel.js'
import { strictDevMem } from './doctor/strict-devmem.js'

/** In the order in which a person would look. */
const checks = {
  'native-module': nativeModule,
  'device-tree': deviceTree,
  'smem-node': smemNode,
  'board-table': boardTable,
  'dev-mem': devMem,
  privilege,
  lockdown,
  'strict-devmem': strictDevMem,
  'carve-out': carveOut,
  heap,
  'mutex-page': mutexPage,
  'kernel-driver': kernelDriver,
  'socinfo-kernel': socinfoKernel,
} as const satisfies Record<string, (machine: Machine) => Verdict>

export type CheckName = keyof typeof checks

export interface DoctorReport {
  readonly schema: 'qcom-smem/doctor@1'
  /** Reading live SMEM works: it can be mapped, and holds a heap that we know. */
  readonly ok: boolean
  /** The carve-out can be mapped and read. */
  readonly canRead: boolean
  /** The mutex word can be mapped for writing. */
  readonly canLock: boolean
  readonly findings: readonly Finding[]
}

/** Judges the facts. Pure: the same machine gives the same findings. */
function examine(machine: Machine): Finding[] {
  return Object.entries(checks).map(([check, judge]) => ({ check, ...judge(machine) }))
}

/** Looks at this machine, or at the one that `options` describe. Changes nothing and never throws. */
export function doctorReport(options: MachineOptions = {}): DoctorReport {
  const machine = gatherMachine(options)
  const findings = examine(machine)
  const fine = (check: CheckName) =>
    findings.some((finding) => finding.check === check && finding.status === 'ok')
  return {
    schema: 'qcom-smem/doctor@1',
    ok: fine('carve-out') && fine('heap'),
    canRead: fine('carve-out'),
    canLock: fine('mutex-page'),
    findings,
  }
}
