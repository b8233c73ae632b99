// SPDX-License-Identifier: MIT
// Bytes as people read them: offset, sixteen bytes, and what of them is text.

const ROW = 16

export function hexdump(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += ROW) {
    const row = [...bytes.subarray(at, at + ROW)]
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0'))
    const left = hex.slice(0, 8).join(' ').padEnd(23)
    const right = hex.slice(8).join(' ').padEnd(23)
    const ascii = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
    text += `${at.toString(16).padStart(8, '0')}  ${left}  ${right}  |${ascii.join('')}|\n`
  }
  return text
}
