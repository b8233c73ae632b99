// SPDX-License-Identifier: MIT
// The line below a picture: all that is known of what the pointer or the focus is on.

import type { Reading } from './naming.js'

export function Readout({ reading }: { reading: Reading | null }) {
  return (
    <p class="readout no-print" role="status">
      {reading === null ? (
        <span class="hint">
          Point at the map, or walk over it with the arrow keys. Enter opens, + and − zoom, 0 shows
          all.
        </span>
      ) : (
        <>
          <strong>{reading.name}</strong>
          {reading.facts.map(({ term, text }) => (
            <span key={term} class="fact">
              <span class="term">{term}</span> <span class="value">{text}</span>
            </span>
          ))}
        </>
      )}
    </p>
  )
}
