// SPDX-License-Identifier: MIT
// What people should know of a processor that they name with --host.

import { hostName } from '../../data/hosts.js'

/** For one that shares no partition with us, as the kernel has it. */
export function servedGlobally(host: number): string {
  const who = hostName(host) ?? `host ${host}`
  return `note: ${who} has no partition here: the global heap serves it`
}
