// SPDX-License-Identifier: MIT
// The frame of the page: header bar, what must be known first, and one section for each part.

import type { ComponentChildren } from 'preact'
import { Facts } from '../facts/facts.js'
import { ItemPage } from '../item/item.js'
import { ItemTable } from '../items/items.js'
import { MapView } from '../map/map.js'
import { nothingYet, useStore } from '../store.js'
import { HeaderBar } from './header-bar.js'
import { LiveRoom } from './live-room.js'
import { Notices } from './notices.js'
import { RawHeader } from './raw-header.js'
import './shell.css'
import './bar.css'
import { useTheme } from './theme.js'

export function Shell() {
  useTheme()
  const mode = useStore(({ page }) => page.mode)
  const isThere = useStore(({ page }) => page !== nothingYet)
  return (
    <>
      <a class="skip" href="#map">
        Skip to the map
      </a>
      <HeaderBar />
      <main>
        {mode === 'live' && <LiveRoom />}
        {isThere ? <Parts /> : <p class="waiting">Waiting for the first sample.</p>}
      </main>
      <Foot />
    </>
  )
}

function Parts() {
  const header = useStore(({ page }) => (page.problem === null ? null : page.header))
  return (
    <>
      <Notices />
      <Section id="map" title="Map">
        <MapView />
      </Section>
      {header !== null && (
        <Section id="header" title="Header">
          <RawHeader header={header} />
        </Section>
      )}
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

function Foot() {
  const tool = useStore(({ page }) => page.tool)
  const time = useStore(({ page }) => page.time)
  return (
    <footer class="foot">
      {tool !== undefined && `${tool.name} ${tool.version}, ${time}. `}
      Keys: <kbd>/</kbd> searches.
    </footer>
  )
}
