// SPDX-License-Identifier: MIT
// What a finding means, for those who ask. Paper cannot be asked: there it is open, and afterwards as it was.

import { useState } from 'preact/hooks'
import { useStore } from '../store.js'

export function Explanation({ text }: { text: string }) {
  const printing = useStore((state) => state.printing)
  const [asked, setAsked] = useState(false)
  return (
    <details open={asked || printing}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a control, by the HTML standard */}
      <summary
        // Not by what has opened: that is told later, when a page may be on its way to paper already.
        onClick={(event) => {
          event.preventDefault()
          setAsked(!asked)
        }}
      >
        What this means
      </summary>
      <p>{text}</p>
    </details>
  )
}
