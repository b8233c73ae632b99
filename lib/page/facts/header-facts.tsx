// SPDX-License-Identifier: MIT
// The first bytes of region 0, whatever they are: all that there is to look at where the heap makes no sense.

import { useMemo, useState } from 'preact/hooks'
import type { PageData, PageHeader } from '../../inspect/page.js'
import { bytesOf } from '../item/bytes.js'
import { DecodedFields } from '../item/fields.js'
import { Hexdump } from '../item/hexdump.js'
import { FieldIndex } from '../item/paths.js'

/** Of the hexdump, before somebody asks for more. */
const ROWS = 256

export function HeaderFacts({ page }: { page: Pick<PageData, 'header'> }) {
  const { header } = page
  if (header === null) return <p class="fact-none">It cannot be read.</p>
  return (
    <details class="fact-details">
      <summary>
        The fixed part, at <span class="mono">{header.address}</span>
      </summary>
      <HeaderParts header={header} />
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
      <div class="item-bytes-box">
        <Hexdump bytes={bytes} most={ROWS} {...pointing} />
      </div>
    </div>
  )
}
