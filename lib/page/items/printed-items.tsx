// SPDX-License-Identifier: MIT
// Every item with its content, for paper: what was searched for, in the order of the table.

import { useMemo } from 'preact/hooks'
import type { PageData, PageItem } from '../../inspect/page.js'
import { bytesOf } from '../item/bytes.js'
import { DecodedFields } from '../item/fields.js'
import { Hexdump } from '../item/hexdump.js'
import { ItemFacts } from '../item/item-facts.js'
import { itemTitle } from '../item/labels.js'
import { FieldIndex } from '../item/paths.js'
import type { Finding } from './findings.js'

/** Of a hexdump: enough to recognise an item by, and as much as paper is worth. */
const ROWS = 16

interface PrintedItemsProps {
  readonly page: PageData
  readonly items: readonly PageItem[]
  readonly findings: ReadonlyMap<string, Finding[]>
}

export function PrintedItems({ page, items, findings }: PrintedItemsProps) {
  return (
    <div class="printed-items">
      {items.map((item) => (
        <article key={item.key}>
          <h3>{itemTitle(item)}</h3>
          <ItemFacts item={item} page={page} findings={findings.get(item.key) ?? []} />
          <Content item={item} />
        </article>
      ))}
    </div>
  )
}

function Content({ item }: { item: PageItem }) {
  const bytes = useMemo(() => bytesOf(item.bytes), [item.bytes])
  const index = useMemo(() => new FieldIndex(item.fields), [item.fields])
  const still = { index, lit: null, onLight: nothing, onPin: nothing }
  return (
    <>
      {item.value !== null && <DecodedFields value={item.value} {...still} />}
      {bytes.length > 0 && <Hexdump bytes={bytes} masked={item.masked} most={ROWS} {...still} />}
    </>
  )
}

function nothing(): void {}
