// SPDX-License-Identifier: MIT
// One item as a page: where it lies, what is wrong with it, what its bytes mean, and the bytes themselves.

import { useMemo, useRef, useState } from 'preact/hooks'
import type { PageData, PageItem } from '../../inspect/page.js'
import type { Finding } from '../items/findings.js'
import { bytesOf, hexOf } from './bytes.js'
import { commandLine } from './command-line.js'
import { CopyButton } from './copy-button.js'
import { DecodedFields } from './fields.js'
import { Hexdump } from './hexdump.js'
import { ItemFacts } from './item-facts.js'
import { FieldIndex } from './paths.js'
import { ScrollBox } from './scroll-box.js'
import { visible } from './text.js'

/** Of a hexdump, before somebody asks for more. */
const ROWS = 256

interface ItemViewProps {
  readonly item: PageItem
  readonly page: PageData
  readonly findings: readonly Finding[]
  /** Path of the field that is pointed at, here or elsewhere on the page. */
  readonly hovered: string | null
  readonly onHover: (path: string | null) => void
}

export function ItemView({ item, page, findings, hovered, onHover }: ItemViewProps) {
  const bytes = useMemo(() => bytesOf(item.bytes), [item.bytes])
  const index = useMemo(() => new FieldIndex(item.fields), [item.fields])
  const [pinned, setPinned] = useState<string | null>(null)
  const parts = useRef<HTMLDivElement>(null)
  const lit = hovered ?? pinned
  const pinFrom = (other: string) => (path: string) => {
    setPinned(path === pinned ? null : path)
    reveal(parts.current, index, path, other)
  }
  const layout = item.value === null ? 'bytes-only' : index.fields.length > 0 ? 'with-fields' : ''
  const command = commandLine(page.info.source, item)
  return (
    <>
      <ItemFacts item={item} page={page} findings={findings} />
      <div class="item-actions">
        {bytes.length > 0 && <CopyButton label="Copy hex" text={() => hexOf(bytes)} />}
        <CopyButton label="Copy JSON" text={() => jsonOf(item)} />
        {command !== null && <CopyButton label="Copy command" text={() => command} />}
        {command !== null && <code class="item-command">{command}</code>}
      </div>
      <div class={`item-parts ${layout}`} ref={parts}>
        {item.value !== null && (
          <section class="item-part" aria-labelledby="item-fields">
            <h4 id="item-fields">
              Decoded <span class="item-decoder">by {visible(item.decoder ?? 'nobody')}</span>
            </h4>
            <DecodedFields
              value={item.value}
              index={index}
              lit={lit}
              onLight={onHover}
              onPin={pinFrom('.hexdump [data-field]')}
            />
          </section>
        )}
        {bytes.length > 0 && (
          <section class="item-part item-part-bytes" aria-labelledby="item-bytes">
            <h4 id="item-bytes">Bytes</h4>
            <ScrollBox class="item-bytes-box" label="Hexdump">
              <Hexdump
                bytes={bytes}
                index={index}
                masked={item.masked}
                lit={lit}
                most={ROWS}
                onLight={onHover}
                onPin={pinFrom('.fields [data-path]')}
              />
            </ScrollBox>
            {item.masked.length > 0 && (
              <p class="item-cut">
                Masked: {item.masked.map(visible).join(', ')}. What is copied has zeros there.
              </p>
            )}
            {item.cut && (
              <p class="item-cut">
                These are the first {bytes.length} of {item.size} bytes.
              </p>
            )}
          </section>
        )}
      </div>
    </>
  )
}

/** Scrolls to where the same field is in the other half. */
function reveal(parts: HTMLElement | null, index: FieldIndex, path: string, other: string): void {
  const fields = new Set(index.of(path))
  const isSame = ({ dataset }: HTMLElement) =>
    dataset.field === undefined
      ? index.of(dataset.path ?? '').some((field) => fields.has(field))
      : fields.has(Number(dataset.field))
  const found = [...(parts?.querySelectorAll<HTMLElement>(other) ?? [])].find(isSame)
  found?.scrollIntoView({ block: 'nearest' })
}

function jsonOf({ key, bytes, cut, fields, ...item }: PageItem): string {
  return JSON.stringify(item, null, 2)
}
