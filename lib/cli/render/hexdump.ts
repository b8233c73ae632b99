// SPDX-License-Identifier: MIT
// Bytes as people read them: offset, sixteen bytes, and what of them is text.

export const ROW = 16

/** Rows that repeat the one above are told by one `*`; the last line is the size. */
export function hexdump(bytes: Uint8Array): string {
  let lines = ''
  let above = ''
  let folded = false
  for (let at = 0; at < bytes.length; at += ROW) {
    const row = bytes.subarray(at, at + ROW)
    const text = `${hexText(row).padEnd(48)}  |${asciiText(row)}|`
    if (text !== above) lines += `${offsetText(at)}  ${text}\n`
    else if (!folded) lines += '*\n'
    folded = text === above
    above = text
  }
  return `${lines}${offsetText(bytes.length)}\n`
}

/** Up to sixteen bytes, in two halves. */
export function hexText(row: Uint8Array): string {
  const hex = [...row].map((byte) => byte.toString(16).padStart(2, '0'))
  const left = hex.slice(0, 8).join(' ')
  return hex.length > 8 ? `${left}  ${hex.slice(8).join(' ')}` : left
}

export function asciiText(row: Uint8Array): string {
  return [...row]
    .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
    .join('')
}

export function offsetText(offset: number): string {
  return offset.toString(16).padStart(8, '0')
}
