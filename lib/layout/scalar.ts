// SPDX-License-Identifier: MIT
// The fields that SMEM's structures are made of. All integers are little-endian on every known target.

/** One field type: how many bytes it takes, and how its value is got out of ordinary memory. */
export interface Field<T> {
  readonly size: number
  read(view: DataView, offset: number): T
}

export const u8: Field<number> = { size: 1, read: (view, at) => view.getUint8(at) }
export const u16: Field<number> = { size: 2, read: (view, at) => view.getUint16(at, true) }
export const u32: Field<number> = { size: 4, read: (view, at) => view.getUint32(at, true) }

/** `count` values in a row. */
export function array<T>(element: Field<T>, count: number): Field<T[]> {
  return {
    size: element.size * count,
    read: (view, at) =>
      Array.from({ length: count }, (_, i) => element.read(view, at + i * element.size)),
  }
}

/** Text of at most `size` bytes, ended by the first NUL or by the field. Bytes above 0x7e stay as latin1. */
export function text(size: number): Field<string> {
  return {
    size,
    read: (view, at) => {
      let value = ''
      for (let i = 0; i < size; i++) {
        const byte = view.getUint8(at + i)
        if (byte === 0) break
        value += String.fromCharCode(byte)
      }
      return value
    },
  }
}

/** Bytes without a meaning of their own: reserved words, padding. */
export function reserved(size: number): Field<undefined> {
  return { size, read: () => undefined }
}
