// SPDX-License-Identifier: MIT
// aux_base selects the region of an item: 0 for region 0, else the base of an auxiliary one.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_get_global().

import { hexAddress } from '../../errors.js'
import type { Check } from './check.js'

export const tocRegion: Check = {
  name: 'toc-region',
  severity: 'error',
  passable: true,
  explanation:
    'An item lies in a region that is not known: no region starts at its aux_base. For a dump, give the ' +
    'image of that region with --aux ADDR=PATH; in practice it is the message RAM of the power manager. Where ' +
    'all regions are given, the record was overwritten, and the kernel refuses the item with ENOENT.',
  *run({ toc }) {
    for (const { id, address, auxBase, region } of toc?.allocated ?? []) {
      if (region !== null) continue
      yield {
        item: id,
        address,
        message: `item ${id} has aux_base ${hexAddress(auxBase)}, and no region starts there`,
      }
    }
  },
}
