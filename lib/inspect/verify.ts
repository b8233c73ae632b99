// SPDX-License-Identifier: MIT
// The verdict over one SMEM as data. It needs no open heap: what no driver would accept is told as findings.

import { hexAddress } from '../errors.js'
import { checkHeap } from '../heap/check/checks.js'
import type { Finding, Severity } from '../heap/check/finding.js'
import type { HeapOptions } from '../heap/heap.js'
import type { Regions } from '../heap/region.js'

export interface VerifyReport {
  readonly schema: 'qcom-smem/verify@1'
  /** No finding is an error. */
  readonly ok: boolean
  /** Worst first. */
  readonly findings: readonly VerifyFinding[]
}

export interface VerifyFinding {
  readonly check: string
  readonly severity: Severity
  readonly host: number | null
  readonly item: number | null
  readonly address: string | null
  readonly message: string
}

export function verifyReport(regions: Regions, view: HeapOptions): VerifyReport {
  const findings = checkHeap(regions, view).map(verifyFinding)
  return {
    schema: 'qcom-smem/verify@1',
    ok: findings.every(({ severity }) => severity !== 'error'),
    findings,
  }
}

function verifyFinding({ check, severity, host, item, address, message }: Finding): VerifyFinding {
  const where = address === null ? null : hexAddress(address)
  return { check, severity, host, item, address: where, message }
}
