// SPDX-License-Identifier: MIT
// Facts as pairs of a name and what is known; what is not known is left out.

import type { ComponentChildren } from 'preact'

export type FactPair = readonly [string, ComponentChildren]

export function FactList({ facts }: { facts: readonly FactPair[] }) {
  return (
    <dl class="fact-list">
      {facts
        .filter(([, value]) => value !== null && value !== '')
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
