// SPDX-License-Identifier: MIT
// The physical ranges that hold items.

import type { PageData } from '../../inspect/page.js'
import { shortSize } from '../item/labels.js'

const kinds = { main: 'main SMEM', aux: 'auxiliary' } as const

export function Regions({ page }: { page: Pick<PageData, 'info'> }) {
  return (
    <table class="fact-table">
      <caption class="sr-only">Regions</caption>
      <thead>
        <tr>
          <th scope="col">Base</th>
          <th scope="col" class="number">
            Size
          </th>
          <th scope="col">Kind</th>
        </tr>
      </thead>
      <tbody>
        {page.info.regions.map(({ base, size, kind }) => (
          <tr key={base}>
            <th scope="row" class="mono">
              {base}
            </th>
            <td class="number">{shortSize(size)}</td>
            <td>{kinds[kind]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
