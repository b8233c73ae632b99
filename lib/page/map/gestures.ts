// SPDX-License-Identifier: MIT
// Wheel, drag and pinch over a picture, as zooming and panning in its pixels. What is no gesture stays a click; a wheel
// that has begun to scroll the page goes on scrolling it.

import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

export interface Gestures {
  /** `pixel` stays where it is. @returns false where nothing more can be seen that way */
  zoom(factor: number, pixel: number): boolean
  /** Content follows the pointer. */
  pan(pixels: number): void
}

/** Before this many pixels it is a click. */
const STILL = 4
/** Of a wheel's movement, pixels, that doubles or halves the view. */
const DOUBLE = 240
/** A wheel that scrolled the page so many milliseconds ago is still at it. */
const SCROLLING = 250
const LINE = 16

interface Hold {
  readonly x: number
  readonly moved: boolean
}

/** `target` gets the listeners; `pad` is what lies left of pixel 0. */
export function useGestures(
  target: RefObject<SVGSVGElement | null>,
  pad: number,
  gestures: Gestures,
): void {
  const latest = useRef(gestures)
  latest.current = gestures
  useEffect(() => listen(target.current!, pad, latest), [target, pad])
}

function listen(element: SVGSVGElement, pad: number, latest: { readonly current: Gestures }) {
  const holds = new Map<number, Hold>()
  let dragged = false
  let scrolled = Number.NEGATIVE_INFINITY
  const pixelOf = (clientX: number) => clientX - element.getBoundingClientRect().left - pad

  const listeners: { [name: string]: (event: never) => void } = {
    pointerdown: ({ pointerId, clientX: x, button }: PointerEvent) => {
      if (button !== 0) return
      dragged = false
      holds.set(pointerId, { x, moved: false })
    },
    pointermove: ({ pointerId, clientX: x }: PointerEvent) => {
      const hold = holds.get(pointerId)
      if (hold === undefined) return
      if (!hold.moved && Math.abs(x - hold.x) < STILL) return
      if (!hold.moved) element.setPointerCapture(pointerId)
      dragged = true
      const other = [...holds].find(([id]) => id !== pointerId)?.[1]
      holds.set(pointerId, { x, moved: true })
      if (other === undefined) return latest.current.pan(x - hold.x)
      const factor = Math.abs(x - other.x) / Math.max(Math.abs(hold.x - other.x), 1)
      latest.current.zoom(Math.max(factor, 0.1), pixelOf(other.x))
    },
    pointerup: ({ pointerId }: PointerEvent) => holds.delete(pointerId),
    pointercancel: ({ pointerId }: PointerEvent) => holds.delete(pointerId),
    click: (event: MouseEvent) => {
      if (dragged) event.stopImmediatePropagation()
      dragged = false
    },
    wheel: (event: WheelEvent) => {
      const scale = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1
      const isPinch = event.ctrlKey || event.metaKey
      if (!isPinch && event.timeStamp - scrolled < SCROLLING) {
        scrolled = event.timeStamp
        return
      }
      const along = event.shiftKey ? event.deltaX + event.deltaY : event.deltaX
      if (event.shiftKey || Math.abs(along) > Math.abs(event.deltaY)) {
        latest.current.pan(-along * scale)
      } else {
        const by = -event.deltaY * scale * (isPinch ? 4 : 1)
        const isDone = !latest.current.zoom(2 ** (by / DOUBLE), pixelOf(event.clientX))
        if (isDone && !isPinch) return
      }
      event.preventDefault()
    },
  }
  const noteScroll = ({ timeStamp }: Event) => {
    scrolled = timeStamp
  }

  // Before those of the picture, so that the end of a drag is no click on what lies there.
  const how = { capture: true, passive: false }
  for (const [name, listener] of Object.entries(listeners)) {
    element.addEventListener(name, listener as EventListener, how)
  }
  addEventListener('scroll', noteScroll, { passive: true })
  return () => {
    for (const [name, listener] of Object.entries(listeners)) {
      element.removeEventListener(name, listener as EventListener, how)
    }
    removeEventListener('scroll', noteScroll)
  }
}
