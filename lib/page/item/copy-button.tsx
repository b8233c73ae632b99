// SPDX-License-Identifier: MIT
// A button that copies text. Browsers give pages from plain HTTP no clipboard; there a hidden text field and the old
// command do.

import { useState } from 'preact/hooks'

type State = 'ready' | 'copied' | 'failed'

const told: Record<State, string> = { ready: '', copied: 'Copied', failed: 'Not copied' }

export function CopyButton({ label, text }: { label: string; text: () => string }) {
  const [state, setState] = useState<State>('ready')
  const copy = async () => {
    setState((await copied(text())) ? 'copied' : 'failed')
    window.setTimeout(() => setState('ready'), 2000)
  }
  return (
    <button type="button" class="item-copy" onClick={copy} data-state={state}>
      {label}
      <span class="item-copy-state" role="status">
        {told[state]}
      </span>
    </button>
  )
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copiedByCommand(text)
  }
}

function copiedByCommand(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'item-copy-field'
  document.body.append(field)
  field.select()
  try {
    return document.execCommand('copy')
  } finally {
    field.remove()
  }
}
