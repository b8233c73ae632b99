// SPDX-License-Identifier: MIT
// All that is known besides the items: findings, the source, its regions and partitions, the mutex, the SoC, and the
// versions of what runs on it.

import type { ComponentChildren } from 'preact'
import { useStore } from '../store.js'
import './facts.css'
import { Findings } from './findings.js'
import { HeaderFacts } from './header-facts.js'
import { HwlockFacts } from './hwlock-facts.js'
import { Partitions } from './partitions.js'
import { Regions } from './regions.js'
import { SocFacts } from './soc-facts.js'
import { SourceFacts } from './source-facts.js'
import { Versions } from './versions.js'

export function Facts() {
  const page = useStore((state) => state.page)
  return (
    <div class="facts">
      <Fact id="findings" title="Findings">
        <Findings page={page} />
      </Fact>
      <div class="facts-pair">
        <Fact id="source" title="Source">
          <SourceFacts page={page} />
        </Fact>
        <div>
          <Fact id="hwlock" title="Hardware mutex">
            <HwlockFacts page={page} />
          </Fact>
          <Fact id="regions" title="Regions">
            <Regions page={page} />
          </Fact>
        </div>
      </div>
      <Fact id="partitions" title="Partitions">
        <Partitions page={page} />
      </Fact>
      <Fact id="soc" title="SoC">
        <SocFacts page={page} />
      </Fact>
      <Fact id="versions" title="Versions">
        <Versions page={page} />
      </Fact>
      {page.problem === null && page.header !== null && (
        <Fact id="header" title="Header">
          <HeaderFacts header={page.header} />
        </Fact>
      )}
    </div>
  )
}

interface FactProps {
  readonly id: string
  readonly title: string
  readonly children: ComponentChildren
}

function Fact({ id, title, children }: FactProps) {
  return (
    <section class="fact" id={`facts-${id}`} aria-labelledby={`facts-${id}-title`}>
      <h3 id={`facts-${id}-title`}>{title}</h3>
      {children}
    </section>
  )
}
