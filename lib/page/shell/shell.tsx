// SPDX-License-Identifier: MIT
// The frame of the page: header bar, navigation, and one section for each part.

import type { ComponentChildren } from 'preact'
import { Facts } from '../facts/facts.js'
import { ItemPage } from '../item/item.js'
import { ItemTable } from '../items/items.js'
import { MapView } from '../map/map.js'
import { nothingYet, useStore } from '../store.js'
import { HeaderBar } from './header-bar.js'
import { LiveRoom } from './live-room.js'
import './shell.css'
import { useTheme } from './theme.js'

export function Shell() {
  useTheme()
  const mode = useStore(({ page }) => page.mode)
  const isThere = useStore(({ page }) => page !== nothingYet)
  return (
    <>
      <HeaderBar />
      <main>
        {mode === 'live' && <LiveRoom />}
        {isThere ? <Sections /> : <p class="waiting">Waiting for the first sample.</p>}
      </main>
    </>
  )
}

function Sections() {
  return (
    <>
      <Section id="map" title="Map">
        <MapView />
      </Section>
      <Section id="items" title="Items">
        <ItemTable />
      </Section>
      <Section id="item" title="Item">
        <ItemPage />
      </Section>
      <Section id="facts" title="Facts">
        <Facts />
      </Section>
    </>
  )
}

interface SectionProps {
  readonly id: string
  readonly title: string
  readonly children: ComponentChildren
}

function Section({ id, title, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  )
}
