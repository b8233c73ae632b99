// SPDX-License-Identifier: MIT
// The header at the start of region 0, beside its bytes. Where no driver would open the heap, the page has it first.

import { useMemo, useState } from 'preact/hooks'
import type { PageHeader } from '../../inspect/page.js'
import { bytesOf } from '../item/bytes.js'
import { DecodedFields } from '../item/fields.js'
import { Hexdump } from '../item/hexdump.js'
import { FieldIndex } from '../item/paths.js'
import { ScrollBox } from '../item/scroll-box.js'

/** Of the hexdump, before somebody asks for more. */
const ROWS = 256

export function HeaderFacts({ header }: { header: PageHeader }) {
  const [open, setOpen] = useState(false)
  return (
    <details class="fact-details" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        The fixed part, at <span class="mono">{header.address}</span>
      </summary>
      {open && <HeaderParts header={header} />}
    </details>
  )
}

function HeaderParts({ header }: { header: PageHeader }) {
  const bytes = useMemo(() => bytesOf(header.bytes), [header.bytes])
  const index = useMemo(() => new FieldIndex(header.fields), [header.fields])
  const [lit, setLit] = useState<string | null>(null)
  const pointing = { index, lit, onLight: setLit, onPin: setLit }
  return (
    <div class="item-parts">
      {header.value !== null && (
        <div class="item-part">
          <DecodedFields value={header.value} {...pointing} />
        </div>
      )}
      <ScrollBox class="item-bytes-box" label="Hexdump">
        <Hexdump bytes={bytes} most={ROWS} {...pointing} />
      </ScrollBox>
    </div>
  )
}
