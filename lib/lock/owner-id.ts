// SPDX-License-Identifier: MIT
// Owner ids: what a processor writes into the mutex register to say that the lock is its own. The register
// stores whatever was written, so exclusion depends on everybody having a different id. A process that used the
// kernel's would not be excluded against its own kernel: docs/decisions/0014-an-owner-id-of-our-own.md.
// Sources: Linux qcom_hwspinlock.c (1), smem.c (host + 1); vendor remote_spinlock.h (128 + CPU number).

import { hostName } from '../data/hosts.js'
import { SmemError } from '../errors.js'

/** Of the Linux kernel on the applications processor. */
const KERNEL_OWNER = 1

/** Ours: above the processors and the vendor's per-CPU ids, and within the 8 bits that are known to stick. */
export const DEFAULT_OWNER = 251

/** Host ids known today are 0 to 25, and a host's owner id is one more. */
const LAST_PROCESSOR = 26

/** The owner id of a remote processor. */
export function ownerOfHost(host: number): number {
  return host + 1
}

/** The host whose owner id this is; null for ids of processes, and of nobody known. */
export function hostOfOwner(owner: number): number | null {
  return owner >= 1 && owner <= LAST_PROCESSOR ? owner - 1 : null
}

/** As in messages: `the modem (owner id 2)`. */
export function ownerLabel(owner: number): string {
  const host = hostOfOwner(owner)
  if (owner === KERNEL_OWNER) return `this machine's kernel (owner id ${owner})`
  if (host !== null) return `the processor ${hostName(host) ?? host} (owner id ${owner})`
  return `owner id ${owner}`
}

/**
 * @param kernelBound whether the kernel's own mutex driver is at work here
 * @throws SmemError EINVAL for an id that would not exclude somebody
 */
export function checkOwnerId(id: number, kernelBound: boolean): number {
  const problem = problemOf(id, kernelBound)
  if (problem === null) return id
  throw new SmemError('EINVAL', `owner id ${id} cannot be used: ${problem}`, {
    origin: 'input',
    hint: `leave it at ${DEFAULT_OWNER}, or take another from 136 to 254`,
  })
}

function problemOf(id: number, kernelBound: boolean): string | null {
  if (!(Number.isInteger(id) && id >= 0 && id <= 0xffffffff)) return 'it is no 32-bit number'
  if (id === 0) return '0 means that the lock is free'
  if (id === KERNEL_OWNER) {
    return kernelBound
      ? 'the kernel takes the lock by 1, and its driver qcom_hwspinlock is bound: neither would notice the other'
      : null
  }
  const host = hostOfOwner(id)
  if (host === null) return null
  return `it is that of ${hostName(host)}: the lock would be taken from us whenever that processor restarts`
}
