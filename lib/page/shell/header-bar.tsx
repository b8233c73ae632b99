// SPDX-License-Identifier: MIT
// What this page is of, where its parts are, and how it looks.

import { actions, nothingYet, type Theme, useStore } from '../store.js'

const parts = [
  ['map', 'Map'],
  ['items', 'Items'],
  ['facts', 'Facts'],
] as const

export function HeaderBar() {
  const page = useStore((state) => state.page)
  return (
    <header class="bar">
      <h1>{page === nothingYet ? 'SMEM' : page.info.source}</h1>
      <nav aria-label="Parts of this page">
        {parts.map(([id, title]) => (
          <a key={id} href={`#${id}`}>
            {title}
          </a>
        ))}
      </nav>
      <ThemeSwitch />
    </header>
  )
}

const themes: readonly Theme[] = ['auto', 'light', 'dark']

function ThemeSwitch() {
  const theme = useStore((state) => state.theme)
  const next = themes[(themes.indexOf(theme) + 1) % themes.length]!
  return (
    <button type="button" class="theme" onClick={() => actions.theme(next)}>
      Theme: {theme}
    </button>
  )
}
