// SPDX-License-Identifier: MIT
// Partitions, versions, and what else is known.

export function Facts() {
  return null
}
