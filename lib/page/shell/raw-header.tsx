// SPDX-License-Identifier: MIT
// The header as it is, field by field beside its bytes: where the heap cannot be opened, that is what there is to see.

import { useMemo, useState } from 'preact/hooks'
import type { PageHeader } from '../../inspect/page.js'
import { bytesOf } from '../item/bytes.js'
import { DecodedFields } from '../item/fields.js'
import { Hexdump } from '../item/hexdump.js'
import { FieldIndex } from '../item/paths.js'
import { ScrollBox } from '../item/scroll-box.js'

const ROWS = 64

export function RawHeader({ header }: { header: PageHeader }) {
  const bytes = useMemo(() => bytesOf(header.bytes), [header])
  const index = useMemo(() => new FieldIndex(header.fields), [header])
  const [lit, setLit] = useState<string | null>(null)
  const pointing = { lit, onLight: setLit, onPin: setLit }
  const { value } = header
  return (
    <>
      <p>
        The first {bytes.length} bytes of region 0, at <code>{header.address}</code>.
        {value === null && ' A header has more.'}
      </p>
      <div class="item-parts with-fields">
        {value !== null && (
          <div class="item-part">
            <DecodedFields value={value} index={index} {...pointing} />
          </div>
        )}
        <div class="item-part item-part-bytes">
          <ScrollBox class="item-bytes-box" label="Hexdump of the header">
            <Hexdump bytes={bytes} index={index} most={ROWS} {...pointing} />
          </ScrollBox>
        </div>
      </div>
    </>
  )
}
