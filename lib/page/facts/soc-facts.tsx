// SPDX-License-Identifier: MIT
// Which chip, board and power management this is, by the item that the boot loader leaves for everybody.

import type { PageData } from '../../inspect/page.js'
import { DecodedFields } from '../item/fields.js'
import { FieldIndex } from '../item/paths.js'
import { isFields } from '../item/values.js'

const SOCINFO = 'socinfo'

const noBytes = new FieldIndex([])

export function SocFacts({ page }: { page: Pick<PageData, 'items'> }) {
  const item = page.items.find(({ decoder }) => decoder === SOCINFO)
  if (item === undefined || !isFields(item.value)) {
    return <p class="fact-none">Not known: there is no item with it that could be read.</p>
  }
  return (
    <>
      <p class="fact-from">
        From <a href={`#item=${encodeURIComponent(item.key)}`}>{item.name}</a>
      </p>
      <div class="fact-columns">
        <DecodedFields
          value={item.value}
          index={noBytes}
          lit={null}
          onLight={nothing}
          onPin={nothing}
        />
      </div>
    </>
  )
}

function nothing(): void {}
