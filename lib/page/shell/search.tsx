// SPDX-License-Identifier: MIT
// Search of the whole page, reached by the `/` key. What is found stands below as links: Enter opens the first, the
// arrow keys go through them, Escape closes.

import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { visible } from '../item/text.js'
import { actions, useStore } from '../store.js'
import { type Result, searchPage } from './results.js'

export function Search() {
  const page = useStore((state) => state.page)
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState(false)
  const found = useMemo(() => searchPage(page, open ? query : ''), [page, query, open])
  const box = useRef<HTMLElement>(null)
  const input = useRef<HTMLInputElement>(null)
  useSlashKey(() => {
    input.current?.focus()
    input.current?.select()
  })
  const close = () => setOpen(false)
  const shows = open && query.trim() !== ''
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      close()
      input.current?.focus()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      moveFocus(box.current, event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Enter' && event.target === input.current) {
      box.current?.querySelector('a')?.click()
    }
  }
  return (
    <search
      class="search"
      ref={box}
      onKeyDown={onKeyDown}
      onFocusOut={({ relatedTarget, currentTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) close()
      }}
    >
      <label>
        <span class="sr-only">Search this page</span>
        <input
          ref={input}
          type="search"
          placeholder="Search, key /"
          autoComplete="off"
          spellcheck={false}
          value={query}
          onFocus={() => setOpen(true)}
          onInput={({ currentTarget }) => {
            setQuery(currentTarget.value)
            setOpen(true)
          }}
        />
      </label>
      <p class="sr-only" aria-live="polite">
        {shows && `${found.shown.length} results shown, ${found.items} items match`}
      </p>
      {shows && (
        <div class="search-found" tabIndex={-1}>
          {found.shown.length === 0 && <p>Nothing on this page has that.</p>}
          <ul>
            {found.shown.map((result, i) => (
              <li key={i}>
                <ResultLink result={result} onOpen={close} />
              </li>
            ))}
          </ul>
          {found.items > 0 && (
            <button
              type="button"
              onClick={() => {
                actions.filter({ query })
                close()
                location.hash = '#items'
              }}
            >
              Show {found.items === 1 ? 'it' : `all ${found.items} items`} in the table
            </button>
          )}
        </div>
      )}
    </search>
  )
}

function ResultLink({ result, onOpen }: { result: Result; onOpen: () => void }) {
  const { kind, title, detail, item } = result
  return (
    <a href={item === null ? '#facts' : `#item=${item}`} onClick={onOpen} title={visible(detail)}>
      <span class="search-kind">{kind}</span> <strong>{visible(title)}</strong>{' '}
      <span class="search-detail">{visible(detail)}</span>
    </a>
  )
}

function moveFocus(box: HTMLElement | null, by: number): void {
  const stops = [...(box?.querySelectorAll<HTMLElement>('input, a, button') ?? [])]
  const at = stops.indexOf(document.activeElement as HTMLElement)
  stops[(at + by + stops.length) % stops.length]?.focus()
}

function useSlashKey(act: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.altKey || event.metaKey) return
      // A slash that is being typed is a slash.
      if ((event.target as Element).closest('input, textarea, select, [contenteditable]')) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  })
}
