// SPDX-License-Identifier: MIT
// All checks over one SMEM: the table of them, in the order of the structures in memory and of docs/checks.md,
// and a run over it. Works on everything that has bytes, also where no driver would go on; never throws over
// what the bytes say.

import type { HeapOptions } from '../heap.js'
import type { Regions } from '../region.js'
import type { Check } from './check.js'
import type { CheckedPartition } from './checked-partition.js'
import { entrySize } from './entry-size.js'
import { byGravity, type Finding, identityOf, type Severity } from './finding.js'
import { headerReserved } from './header-reserved.js'
import { headerTruncated } from './header-truncated.js'
import { headerUninitialized } from './header-uninitialized.js'
import { heapAccounting } from './heap-accounting.js'
import { heapOverlap } from './heap-overlap.js'
import { infoBase } from './info-base.js'
import { infoSize } from './info-size.js'
import { itemRange } from './item-range.js'
import { partitionCacheline } from './partition-cacheline.js'
import { partitionCanary } from './partition-canary.js'
import { partitionDuplicate } from './partition-duplicate.js'
import { partitionDuplicateItem } from './partition-duplicate-item.js'
import { partitionEntry } from './partition-entry.js'
import { partitionFreeEnd } from './partition-free-end.js'
import { partitionGlobal } from './partition-global.js'
import { partitionHiddenItem } from './partition-hidden-item.js'
import { partitionHosts } from './partition-hosts.js'
import { partitionMagic } from './partition-magic.js'
import { partitionMissing } from './partition-missing.js'
import { partitionOffsets } from './partition-offsets.js'
import { partitionOverlap } from './partition-overlap.js'
import { partitionRange } from './partition-range.js'
import { partitionSize } from './partition-size.js'
import { partitionUnaligned } from './partition-unaligned.js'
import { ptableCount } from './ptable-count.js'
import { ptableMagic } from './ptable-magic.js'
import { ptableVersion } from './ptable-version.js'
import { type Subject, subjectOf } from './subject.js'
import { tocAllocatedValue } from './toc-allocated-value.js'
import { tocFixed } from './toc-fixed.js'
import { tocOverlap } from './toc-overlap.js'
import { tocPastFree } from './toc-past-free.js'
import { tocRange } from './toc-range.js'
import { tocRegion } from './toc-region.js'
import { tocReservedBits } from './toc-reserved-bits.js'
import { tocSize } from './toc-size.js'
import { tocStaleRegion } from './toc-stale-region.js'
import { tocUnaligned } from './toc-unaligned.js'
import { versionMismatch } from './version-mismatch.js'
import { versionUnsupported } from './version-unsupported.js'

/** A check that is not here does not exist. */
export const checks: readonly Check[] = [
  headerTruncated,
  headerUninitialized,
  headerReserved,
  versionUnsupported,
  versionMismatch,
  heapAccounting,
  heapOverlap,
  tocRange,
  tocRegion,
  tocOverlap,
  tocUnaligned,
  tocPastFree,
  tocSize,
  tocFixed,
  tocAllocatedValue,
  tocReservedBits,
  tocStaleRegion,
  ptableMagic,
  ptableVersion,
  ptableCount,
  infoBase,
  infoSize,
  partitionGlobal,
  partitionRange,
  partitionMissing,
  partitionUnaligned,
  partitionOverlap,
  partitionDuplicate,
  partitionMagic,
  partitionHosts,
  partitionSize,
  partitionOffsets,
  partitionCacheline,
  partitionCanary,
  partitionEntry,
  entrySize,
  partitionFreeEnd,
  partitionHiddenItem,
  partitionDuplicateItem,
  itemRange,
]

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
  const before = new Set(found.map(identityOf))
  return look().filter((finding) => before.has(identityOf(finding)))
}

function findings(subject: Subject): Finding[] {
  return checks.flatMap((check) => findingsOf(check, subject)).sort(byGravity)
}

function findingsOf({ name: check, ...rule }: Check, subject: Subject): Finding[] {
  const found: Finding[] = []
  const isObstacle = (severity: Severity) => severity === 'error' && rule.passable !== true
  let more = 0
  for (const { message, partition, item = null, address = null, ...own } of rule.run(subject)) {
    if (found.length === MOST_FINDINGS) {
      more++
      continue
    }
    const severity = own.severity ?? rule.severity
    const blocks = isObstacle(severity) && !isOthers(partition)
    const host = partition?.host ?? null
    found.push({ check, severity, host, item, blocks, address, message })
  }
  if (more > 0) {
    const message = `and ${more} more of this kind`
    const { severity } = rule
    const blocks = isObstacle(severity)
    found.push({ check, severity, host: null, item: null, blocks, address: null, message })
  }
  return found
}

/** Neither the global heap nor one of ours. */
function isOthers(partition: CheckedPartition | undefined): boolean {
  return partition !== undefined && !partition.global && partition.host === null
}
