// SPDX-License-Identifier: MIT
// The fixed part of the header with the bytes that each field came from: all that there is to look at where the heap
// itself makes no sense.

import { hexAddress, SmemError } from '../../errors.js'
import type { Decoded } from '../../items/decoder.js'
import { Dissection, type FieldSpan } from '../../items/dissection.js'
import { Header } from '../../layout/header.js'
import { struct } from '../../layout/struct.js'
import { readBytes } from '../../port/copy.js'
import type { MemoryPort } from '../../port/port.js'

export interface PageHeader {
  readonly address: string
  /** null where the image is shorter than the header. */
  readonly value: Decoded
  readonly fields: readonly FieldSpan[]
  /** Base64. */
  readonly bytes: string
}

/** null where the memory cannot be read. */
export function pageHeader(main: MemoryPort): PageHeader | null {
  const size = Math.min(FixedHeader.size, main.size)
  try {
    const bytes = readBytes(main, 0, size)
    const header = new Dissection(bytes, { id: 0, host: null, sibling: () => null })
    const value = size < FixedHeader.size ? null : header.read('', FixedHeader, 0)
    return {
      address: hexAddress(main.base),
      value,
      fields: header.fields,
      bytes: bytes.toString('base64'),
    }
  } catch (error) {
    if (!(error instanceof SmemError) || error.code === 'EBADF') throw error
    return null
  }
}

/** Without the table of contents behind it. */
const { procComm, versions, heapInfo } = Header.fields
const FixedHeader = struct('header', { procComm, versions, heapInfo })
