// SPDX-License-Identifier: MIT
// One rule over a heap. A check has a file and a name of its own, says in a few sentences what a violation
// means, and looks only at the subject: it reads no memory, so it cannot fail, whatever the memory holds.

import type { CheckedPartition } from './checked-partition.js'
import type { Severity } from './finding.js'
import type { Subject } from './subject.js'

/** A violation; what is left out does not apply. */
export interface Defect {
  readonly message: string
  /** Where it is about what one partition holds or is. */
  readonly partition?: CheckedPartition
  readonly item?: number
  /** Physical. */
  readonly address?: number
  /** Where it differs from that of the check. */
  readonly severity?: Severity
}

export interface Check {
  /** As users know it: `partition-canary`. */
  readonly name: string
  readonly severity: Severity
  /** It is about items that are there, not about the room for new ones: they can be allocated all the same. */
  readonly passable?: true
  /** What it means, who would notice, what to do. */
  readonly explanation: string
  run(subject: Subject): Iterable<Defect>
}
