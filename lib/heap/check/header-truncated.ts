// SPDX-License-Identifier: MIT
// The header with its table of contents takes 0x20d0 bytes, in both versions.

import { hexAddress } from '../../errors.js'
import { Header } from '../../layout/header.js'
import type { Check } from './check.js'

export const headerTruncated: Check = {
  name: 'header-truncated',
  severity: 'error',
  explanation:
    'The image ends before the header and its table of contents do. No SMEM is that small: the dump is ' +
    'incomplete, or it is of something else. Take it again, with the whole carve-out; the device tree of the ' +
    'board tells its size.',
  *run({ main }) {
    if (main.size >= Header.size) return
    yield {
      address: main.base + main.size,
      message: `the image ends at ${hexAddress(main.base + main.size)}, after ${main.size} of the ${Header.size} bytes of the header`,
    }
  },
}
