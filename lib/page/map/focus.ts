// SPDX-License-Identifier: MIT
// The focus inside a picture is on the mark where the walk of the arrow keys is. Marks come and go with every zoom, also
// the one that has the focus; then it goes to the one that stands for the same place.

import type { RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

export interface KeptFocus {
  readonly hasFocus: boolean
  readonly onFocusIn: () => void
  readonly onFocusOut: () => void
}

/** `picture` has one element with tab index 0, or none. */
export function useFocusKept(picture: RefObject<SVGSVGElement | null>): KeptFocus {
  const [hasFocus, setFocus] = useState(false)
  const isDrawing = useRef(false)
  isDrawing.current = true
  useLayoutEffect(() => {
    isDrawing.current = false
    const stop = hasFocus ? picture.current?.querySelector<SVGElement>('[tabindex="0"]') : null
    if (stop && stop !== document.activeElement) stop.focus({ preventScroll: true })
  })
  return {
    hasFocus,
    onFocusIn: () => setFocus(true),
    // A mark that is taken away while drawing loses it, too.
    onFocusOut: () => {
      if (!isDrawing.current) setFocus(false)
    },
  }
}
