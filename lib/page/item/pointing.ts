// SPDX-License-Identifier: MIT
// Pointing at fields, in the decoded value and in the bytes alike: the pointer and the focus light a field up, a press
// keeps it lit. A group is one stop of the Tab key, and the arrow keys move within it. One set of listeners stands for
// all the buttons of a group, of which there can be thousands.

import { useRef, useState } from 'preact/hooks'

export interface Pointing {
  /** Of the field pointed at; null when the pointer leaves. */
  readonly onLight: (path: string | null) => void
  readonly onPin: (path: string) => void
}

/** `pathOf`: what an element stands for, where it stands for a field. */
export function usePointing<E extends HTMLElement>(
  pathOf: (data: DOMStringMap) => string | undefined,
  { onLight, onPin }: Pointing,
) {
  const group = useRef<E>(null)
  const [stop, setStop] = useState<string | null>(null)
  const pathAt = (target: EventTarget | null): string | null => {
    const found = (target as Element | null)?.closest<HTMLElement>('[data-path], [data-field]')
    return (found && pathOf(found.dataset)) ?? null
  }
  const listeners = {
    ref: group,
    onPointerOver: ({ target }: PointerEvent) => onLight(pathAt(target)),
    onPointerLeave: () => onLight(null),
    onFocusIn: ({ target }: FocusEvent) => {
      const path = pathAt(target)
      if (path === null) return
      setStop(path)
      onLight(path)
    },
    onFocusOut: () => onLight(null),
    onClick: ({ target }: MouseEvent) => {
      const path = pathAt(target)
      if (path !== null) onPin(path)
    },
    onKeyDown: (event: KeyboardEvent) => moveFocus(event, group.current),
  }
  /** Path of the field that the Tab key reaches; null before the first visit. */
  return { stop, listeners }
}

const steps: Record<string, number> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

function moveFocus(event: KeyboardEvent, group: Element | null): void {
  const step = steps[event.key]
  if (step === undefined || group === null || event.ctrlKey || event.altKey || event.metaKey) return
  const selector = 'button:is([data-path], [data-field])'
  const stops = [...group.querySelectorAll<HTMLElement>(selector)]
  const at = stops.indexOf(event.target as HTMLElement)
  if (at < 0) return
  event.preventDefault()
  stops[Math.min(Math.max(at + step, 0), stops.length - 1)]?.focus()
}
