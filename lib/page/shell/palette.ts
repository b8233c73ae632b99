// SPDX-License-Identifier: MIT
// One colour for each host, the same in every part of the page. The pairs of light and dark are in palette.css; they
// can be told apart by most who see colours differently, and stand out from the ground in both themes.

import './palette.css'

/** How many there are; hosts beyond begin anew. */
const COUNT = 10

/** A CSS colour, for an item's or a partition's host; null is global. */
export function hostColor(host: number | null): string {
  return host === null ? 'var(--host-global)' : `var(--host-${host % COUNT})`
}
