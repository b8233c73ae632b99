// SPDX-License-Identifier: MIT
// The map: every region drawn to scale, and what the findings that have no place in any of them say.

import { useMemo } from 'preact/hooks'
import type { MapRegion } from '../../inspect/page.js'
import { useStore } from '../store.js'
import { placed } from './lanes.js'
import { Legend } from './legend.js'
import './map.css'
import { Region } from './region.js'

export function MapView() {
  const { regions } = useStore(({ page }) => page.map)
  const items = useStore(({ page }) => page.items)
  const hosts = useStore(({ page }) => page.hosts)
  const findings = useStore(({ page }) => page.verify.findings)
  const places = useMemo(() => placed(findings, regions, items), [findings, regions, items])
  const { elsewhere } = places
  return (
    <div class="map">
      <Legend
        regions={regions}
        hosts={hosts}
        hasErrors={findings.some(({ severity }) => severity === 'error')}
        hasWarnings={findings.some(({ severity }) => severity === 'warning')}
      />
      {regions.map((region, index) => (
        <Region
          key={`${region.base} ${region.size}`}
          region={region}
          findings={places.regions[index]!}
          items={items}
          hosts={hosts}
          title={titleOf(region, index)}
          index={index}
        />
      ))}
      {elsewhere.length > 0 && (
        <p class="elsewhere">
          {elsewhere.length === 1 ? '1 finding has' : `${elsewhere.length} findings have`} no place
          on this map: {[...new Set(elsewhere.map(({ check }) => check))].join(', ')}.
        </p>
      )}
    </div>
  )
}

function titleOf({ kind }: MapRegion, index: number): string {
  return kind === 'main' ? 'main region' : `auxiliary region ${index}`
}
