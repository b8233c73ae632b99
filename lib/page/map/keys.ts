// SPDX-License-Identifier: MIT
// Keys while the focus is in a picture: arrows walk from mark to mark, with Shift they move the view.

import type { RegionState } from './use-region.js'

const ZOOM = 1.6
const PAN = 0.25

type Keys = Readonly<Record<string, (state: RegionState) => void>>

const plain: Keys = {
  ArrowLeft: ({ walk }) => walk('left'),
  ArrowRight: ({ walk }) => walk('right'),
  ArrowUp: ({ walk }) => walk('up'),
  ArrowDown: ({ walk }) => walk('down'),
  Home: ({ walk }) => walk('first'),
  End: ({ walk }) => walk('last'),
  Enter: ({ stop, open }) => stop && open(stop),
  ' ': ({ stop, open }) => stop && open(stop),
  '+': ({ zoomBy }) => zoomBy(ZOOM),
  '=': ({ zoomBy }) => zoomBy(ZOOM),
  '-': ({ zoomBy }) => zoomBy(1 / ZOOM),
  '0': ({ showAll }) => showAll(),
}

const withShift: Keys = {
  ...plain,
  ArrowLeft: ({ panBy }) => panBy(-PAN),
  ArrowRight: ({ panBy }) => panBy(PAN),
}

/** What handles the keys of a picture; others, and those of the browser, are left alone. */
export function keysOf(state: RegionState): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const command = (event.shiftKey ? withShift : plain)[event.key]
    if (command === undefined) return
    event.preventDefault()
    command(state)
  }
}
