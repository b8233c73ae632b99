// SPDX-License-Identifier: MIT
// What a finding means, for those who ask. Paper cannot be asked: there it is open, and afterwards as it was.

import { useState } from 'preact/hooks'
import { useStore } from '../store.js'

export function Explanation({ text }: { text: string }) {
  const printing = useStore((state) => state.printing)
  const [asked, setAsked] = useState(false)
  return (
    <details
      open={asked || printing}
      onToggle={({ currentTarget }) => {
        if (!printing) setAsked(currentTarget.open)
      }}
    >
      <summary>What this means</summary>
      <p>{text}</p>
    </details>
  )
}
