// SPDX-License-Identifier: MIT
// The view of one region as the state of its picture: moved at once or smoothly, the latter only for those who have not
// asked for less motion. A page that is being printed shows the whole.

import { options, type RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { between, type View, whole } from './geometry.js'

const DURATION = 180
/** What a picture is drawn for on paper, pixels. */
const PAPER = 760

export interface ViewState {
  readonly view: View
  /** `change` gets where the view is, or is on its way to. `smooth`: so that the eye can follow. */
  readonly move: (change: (from: View) => View, smooth?: boolean) => void
}

export function useView(size: number): ViewState {
  const [view, setView] = useState(() => whole(size))
  const frame = useRef(0)
  const drawn = useRef(view)
  const target = useRef(view)
  useEffect(() => () => cancelAnimationFrame(frame.current), [])
  const draw = (at: View) => {
    drawn.current = at
    setView(at)
  }
  const move = (change: (from: View) => View, smooth = false) => {
    cancelAnimationFrame(frame.current)
    const from = drawn.current
    const to = change(target.current)
    target.current = to
    if (!smooth || matchMedia('(prefers-reduced-motion: reduce)').matches) return draw(to)
    const begun = performance.now()
    const step = (now: number) => {
      const part = Math.min(Math.max(now - begun, 0) / DURATION, 1)
      draw(part === 1 ? to : between(from, to, 1 - (1 - part) ** 3))
      if (part < 1) frame.current = requestAnimationFrame(step)
    }
    frame.current = requestAnimationFrame(step)
  }
  return { view, move }
}

/** Of the element, pixels, followed when it changes; on paper another. */
export function useWidth(element: RefObject<Element | null>, isPrinting: boolean): number {
  const [width, setWidth] = useState(1000)
  useLayoutEffect(() => {
    const current = element.current!
    const measure = () => setWidth(Math.max(Math.round(current.clientWidth), 200))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return isPrinting ? PAPER : width
}

/** Whether the page is being printed; what is printed is drawn before the browser goes on. */
export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    const follow = ({ type }: Event) => {
      const { debounceRendering } = options
      options.debounceRendering = (draw) => draw()
      setPrinting(type === 'beforeprint')
      if (debounceRendering === undefined) delete options.debounceRendering
      else options.debounceRendering = debounceRendering
    }
    addEventListener('beforeprint', follow)
    addEventListener('afterprint', follow)
    return () => {
      removeEventListener('beforeprint', follow)
      removeEventListener('afterprint', follow)
    }
  }, [])
  return isPrinting
}
