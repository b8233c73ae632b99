// SPDX-License-Identifier: MIT
// Who can be played beside the code under test: processors of the SoC, each with the owner id by which its
// software takes the mutex, and with the rules by which it allocates. Mainline Linux is one of them: to every
// other party it is a neighbour with an id of 1. Sources: Linux drivers/soc/qcom/smem.c, qcom_hwspinlock.c;
// vendor smem.c and remote_spinlock.c.

import { Host } from '../../data/hosts.js'
import { ownerOfHost } from '../../lock/owner-id.js'

/**
 * Where implementations differ in what they write.
 * @see {@link remoteRoles}
 */
export interface AllocationRules {
  /** Allocates cached items too; mainline only reads them. Each side has its own ids. */
  readonly cached: boolean
  /** The first id that is not fixed: 8 for mainline, 9 for vendors. */
  readonly firstId: number
  /** A barrier between an item's header and the free offset that publishes it. */
  readonly publishes: boolean
}

/**
 * What tells one processor from another.
 * @see {@link remoteRoles}
 */
export interface RemoteRole {
  /** SMEM host id. */
  readonly host: number
  /** What it writes into the mutex register. */
  readonly ownerId: number
  /** Milliseconds after which it gives up the lock: firmware never does. */
  readonly lockTimeout: number
  readonly rules: AllocationRules
}

const firmware = (host: number): RemoteRole => ({
  host,
  ownerId: ownerOfHost(host),
  lockTimeout: Number.POSITIVE_INFINITY,
  rules: { cached: true, firstId: 9, publishes: false },
})

/**
 * Who can be played.
 * @example
 * ```ts
 * import { remoteRoles } from 'qcom-smem/testing'
 *
 * const { host, ownerId, lockTimeout, rules } = remoteRoles.modem
 * console.log(host, ownerId, lockTimeout) // 1 2 Infinity
 * console.log(rules) // { cached: true, firstId: 9, publishes: false }
 * ```
 */
export const remoteRoles = {
  /** Linux on the applications processor, with owner id 1. */
  kernel: {
    host: Host.APPS,
    ownerId: ownerOfHost(Host.APPS),
    lockTimeout: 1000,
    rules: { cached: false, firstId: 8, publishes: true },
  },
  modem: firmware(Host.MODEM),
  adsp: firmware(Host.ADSP),
  cdsp: firmware(Host.CDSP),
  wcn: firmware(Host.WCN),
} as const satisfies Record<string, RemoteRole>

/**
 * Name of a processor that can be played.
 * @see {@link remoteRoles}
 */
export type RemoteKind = keyof typeof remoteRoles
