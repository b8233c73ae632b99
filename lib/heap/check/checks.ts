// SPDX-License-Identifier: MIT
// The checks: a check that is not here does not exist. The order is that of the structures in memory, and
// of docs/checks.md.

import type { Check } from './check.js'
import { entrySize } from './entry-size.js'
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
import { partitionOffsets } from './partition-offsets.js'
import { partitionOverlap } from './partition-overlap.js'
import { partitionRange } from './partition-range.js'
import { partitionSize } from './partition-size.js'
import { partitionUnaligned } from './partition-unaligned.js'
import { ptableCount } from './ptable-count.js'
import { ptableMagic } from './ptable-magic.js'
import { ptableVersion } from './ptable-version.js'
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
