// SPDX-License-Identifier: MIT
// What the page shows: one moment of an SMEM, and what its reader has chosen. Parts of the page read it through a
// selector, and are drawn again only when what they have selected changes.

import { useLayoutEffect, useState } from 'preact/hooks'
import type { PageChange, PageData } from '../inspect/page.js'
import { type ItemFilters, noFilters } from './items/filters.js'
import { changed } from './live/change.js'

export type Theme = 'auto' | 'light' | 'dark'

export interface State {
  readonly page: PageData
  /** Key of the item that is open. */
  readonly selected: string | null
  /** Path of the decoded field under the pointer or the focus, in the item that is open. */
  readonly hovered: string | null
  readonly filters: ItemFilters
  readonly theme: Theme
  /** Paper has no scroll bar and opens nothing: everything must be drawn. */
  readonly printing: boolean
}

/** Stands for the page of a live source until the first one has come. */
export const nothingYet = { mode: 'live', items: [] } as unknown as PageData

let state: State = {
  ...{ page: nothingYet, selected: null, hovered: null, filters: noFilters, theme: 'auto' },
  printing: false,
}
const listeners = new Set<() => void>()

function set(news: Partial<State>): void {
  state = { ...state, ...news }
  for (const listener of [...listeners]) listener()
}

export function getState(): State {
  return state
}

/** @returns what ends it */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What `selector` makes of the state; drawn again when that is another value by `Object.is`. */
export function useStore<T>(selector: (state: State) => T): T {
  const [, redraw] = useState({})
  const value = selector(state)
  useLayoutEffect(() => {
    const look = () => {
      if (!Object.is(selector(state), value)) redraw({})
    }
    // It may have changed between drawing and now.
    look()
    return subscribe(look)
  })
  return value
}

const ITEM = '#item='

export const actions = {
  /** Another moment, whole. */
  show(page: PageData): void {
    set({ page })
  },
  /** What has changed since the moment that is shown. */
  apply(change: PageChange): void {
    set({ page: changed(state.page, change) })
  },
  /** Opens an item by its key, in the address too, so that the browser's back button closes it. */
  select(key: string | null): void {
    if (key === state.selected) return
    set({ selected: key, hovered: null })
    location.hash = key === null ? '#items' : ITEM + key
  },
  hover(path: string | null): void {
    if (path !== state.hovered) set({ hovered: path })
  },
  filter(filters: Partial<ItemFilters>): void {
    set({ filters: { ...state.filters, ...filters } })
  },
  theme(theme: Theme): void {
    set({ theme })
  },
}

/** Follows the address: `#item=KEY` opens that item, `#items` and nothing close it, other places are on the same page. */
export function followHash(): void {
  const follow = () => {
    const key = keyIn(location.hash)
    if (key !== undefined && key !== state.selected) set({ selected: key, hovered: null })
  }
  follow()
  addEventListener('hashchange', follow)
}

/** Knows when the page is being printed, before any part of it is drawn for that. */
export function followPrinting(): void {
  addEventListener('beforeprint', () => set({ printing: true }))
  addEventListener('afterprint', () => set({ printing: false }))
}

function keyIn(hash: string): string | null | undefined {
  if (hash === '' || hash === '#items') return null
  if (!hash.startsWith(ITEM)) return undefined
  try {
    return decodeURIComponent(hash.slice(ITEM.length))
  } catch {
    return null
  }
}
