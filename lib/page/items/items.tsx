// SPDX-License-Identifier: MIT
// The table of items.

export function ItemTable() {
  return null
}
