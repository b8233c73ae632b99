// SPDX-License-Identifier: MIT
// The item that is open.

export function ItemPage() {
  return null
}
