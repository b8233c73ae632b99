// SPDX-License-Identifier: MIT
// The bytes of an item, out of the page's data and into what people copy.

/** `base64` of the page's data; null and what is no base64 have no bytes. */
export function bytesOf(base64: string | null): Uint8Array {
  if (base64 === null) return new Uint8Array()
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch {
    return new Uint8Array()
  }
}

export function hexOf(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}

export function asciiOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'
  return text
}
