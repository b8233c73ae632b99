// SPDX-License-Identifier: MIT
// A box for what may be wider or taller than its place. Only while it scrolls can it be focused, for those who scroll
// by keys.

import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

interface ScrollBoxProps {
  readonly label: string
  readonly class: string
  readonly children: ComponentChildren
}

export function ScrollBox({ label, class: look, children }: ScrollBoxProps) {
  const box = useRef<HTMLDivElement>(null)
  const [scrolls, setScrolls] = useState(false)
  useLayoutEffect(() => {
    const { current } = box
    if (current === null) return undefined
    const measure = () => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = current
      setScrolls(scrollWidth > clientWidth || scrollHeight > clientHeight)
    }
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    return () => observer.disconnect()
  }, [])
  const focusable = scrolls && ({ role: 'group', tabIndex: 0, 'aria-label': label } as const)
  return (
    <div ref={box} class={look} {...focusable}>
      {children}
    </div>
  )
}
