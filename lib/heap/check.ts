// SPDX-License-Identifier: MIT
// All checks over one SMEM. Works on everything that has bytes, also where no driver would go on; never
// throws over what the bytes say, and reads each of them once.

import type { Check } from './check/check.js'
import { checks } from './check/checks.js'
import { byGravity, type Finding } from './check/finding.js'
import { type Subject, subjectOf } from './check/subject.js'
import type { HeapOptions } from './heap.js'
import type { Regions } from './region.js'

/** Findings of one check that are told one by one: noise in the place of a heap has thousands. */
const MOST_FINDINGS = 1000

/**
 * What is wrong with a heap, worst first; empty for a healthy one. Takes no lock.
 * @throws SmemError EBADF after close
 */
export function checkHeap(
  regions: Regions,
  { localHost = 0, foreign = false }: HeapOptions = {},
): Finding[] {
  const look = () => findings(subjectOf(regions, { localHost, foreign }))
  const found = look()
  // On a running SoC somebody may be allocating: what is there only half-way is gone at a second look.
  if (foreign || found.length === 0) return found
  const before = new Set(found.map(identity))
  return look().filter((finding) => before.has(identity(finding)))
}

function findings(subject: Subject): Finding[] {
  return checks.flatMap((check) => findingsOf(check, subject)).sort(byGravity)
}

function findingsOf({ name, severity, run }: Check, subject: Subject): Finding[] {
  const found: Finding[] = []
  let more = 0
  for (const { message, host = null, item = null, address = null, ...own } of run(subject)) {
    if (found.length === MOST_FINDINGS) more++
    else
      found.push({ check: name, severity: own.severity ?? severity, host, item, address, message })
  }
  if (more > 0) {
    const message = `and ${more} more of this kind`
    found.push({ check: name, severity, host: null, item: null, address: null, message })
  }
  return found
}

function identity({ check, host, item, address }: Finding): string {
  return `${check} ${host} ${item} ${address}`
}
