// SPDX-License-Identifier: MIT
// The item that is open, with the way to the ones before and after it. Opening one brings it into sight.

import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { PageItem } from '../../inspect/page.js'
import { findingsByItem } from '../items/findings.js'
import { actions, useStore } from '../store.js'
import './item.css'
import { ItemView } from './item-view.js'
import { itemTitle } from './labels.js'

export function ItemPage() {
  const page = useStore((state) => state.page)
  const selected = useStore((state) => state.selected)
  const hovered = useStore((state) => state.hovered)
  const findings = useMemo(() => findingsByItem(page), [page])
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (selected === null) return
    title.current?.focus({ preventScroll: true })
    document.getElementById('item')?.scrollIntoView()
  }, [selected])
  const at = page.items.findIndex(({ key }) => key === selected)
  const item = page.items[at]
  if (item === undefined) {
    return (
      <p class="item-none">
        {selected === null
          ? 'No item is open. Choose one in the map or in the table.'
          : 'This item is not there (any more).'}
      </p>
    )
  }
  return (
    <article class="item">
      <div class="item-head">
        <h3 class="item-title" ref={title} tabIndex={-1}>
          {itemTitle(item)}
        </h3>
        <nav class="item-nav" aria-label="Items">
          <Step label="Previous" item={page.items[at - 1]} />
          <Step label="Next" item={page.items[at + 1]} />
          <button type="button" onClick={() => actions.select(null)}>
            Close
          </button>
        </nav>
      </div>
      <ItemView
        key={item.key}
        item={item}
        page={page}
        findings={findings.get(item.key) ?? []}
        hovered={hovered}
        onHover={actions.hover}
      />
    </article>
  )
}

function Step({ label, item }: { label: string; item: PageItem | undefined }) {
  return (
    <button
      type="button"
      disabled={item === undefined}
      title={item && itemTitle(item)}
      onClick={() => item && actions.select(item.key)}
    >
      {label}
    </button>
  )
}
