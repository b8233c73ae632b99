// SPDX-License-Identifier: MIT
// What this page is of and when, the verdict in a few words, where the parts are, search, and how the page looks.

import { useEffect } from 'preact/hooks'
import { visible } from '../item/text.js'
import { actions, nothingYet, type Theme, useStore } from '../store.js'
import { Search } from './search.js'
import { summaryOf, type Verdict, verdictOf } from './summary.js'

const parts = [
  ['map', 'Map'],
  ['items', 'Items'],
  ['item', 'Item'],
  ['facts', 'Facts'],
] as const

export function HeaderBar() {
  const page = useStore((state) => state.page)
  const isThere = page !== nothingYet
  const title = isThere ? `SMEM of ${visible(page.info.board?.model ?? page.info.source)}` : 'SMEM'
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <header class="bar">
      <div class="bar-of">
        <h1>{title}</h1>
        {isThere && <p>{summaryOf(page).map(visible).join(' · ')}</p>}
      </div>
      {isThere && <VerdictLink {...verdictOf(page)} />}
      <nav class="bar-parts" aria-label="Parts of this page">
        {parts.map(([id, title]) => (
          <a key={id} href={`#${id}`}>
            {title}
          </a>
        ))}
      </nav>
      <div class="bar-tools">
        {isThere && <Search />}
        <ThemeChoice />
        {isThere && (
          <button type="button" class="bar-print" onClick={() => print()}>
            Print
          </button>
        )}
      </div>
    </header>
  )
}

function VerdictLink({ kind, text }: Verdict) {
  return (
    <a class={`verdict ${kind}`} href="#facts">
      {text}
    </a>
  )
}

const themes: Readonly<Record<Theme, string>> = {
  auto: 'System',
  light: 'Light',
  dark: 'Dark',
}

function ThemeChoice() {
  const theme = useStore((state) => state.theme)
  return (
    <label class="bar-theme">
      <span class="sr-only">Theme</span>
      <select
        value={theme}
        onChange={({ currentTarget }) => actions.theme(currentTarget.value as Theme)}
      >
        {Object.entries(themes).map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
    </label>
  )
}
