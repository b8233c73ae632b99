// SPDX-License-Identifier: MIT
// The hardware mutex that guards the heap, and who had it. Firmware writes its host id plus one, and so does Linux on
// the applications processor, as 1.

import type { PageData } from '../../inspect/page.js'
import { FactList } from './fact-list.js'

export function HwlockFacts({ page }: { page: Pick<PageData, 'info' | 'hosts'> }) {
  const { hwlock } = page.info
  if (hwlock === null) return <p class="fact-none">Not known: a plain dump does not have it.</p>
  const { family, bank, index, owner } = hwlock
  return (
    <FactList
      facts={[
        ['Owner', ownerText(owner, page.hosts)],
        ['Bank', `${family} at ${bank}`],
        ['Lock', String(index)],
      ]}
    />
  )
}

function ownerText(owner: number | null, hosts: PageData['hosts']): string {
  if (owner === null) return 'not readable'
  if (owner === 0) return 'nobody: it is free'
  const host = hosts[owner - 1]
  return host === undefined ? `owner id ${owner}` : `${host} (owner id ${owner})`
}
