// SPDX-License-Identifier: MIT
// The fields that SMEM's structures are made of. All integers are little-endian on every known target.

import { SmemError } from '../errors.js'

/** One field type: how many bytes it takes, and how its value gets out of ordinary memory and into it. */
export interface Field<T> {
  readonly size: number
  read(view: DataView, offset: number): T
  /** For images that are built in ordinary memory; nothing writes to live memory by fields. */
  write(view: DataView, offset: number, value: T): void
}

export const u8: Field<number> = {
  size: 1,
  read: (view, at) => view.getUint8(at),
  write: (view, at, value) => view.setUint8(at, value),
}

export const u16: Field<number> = {
  size: 2,
  read: (view, at) => view.getUint16(at, true),
  write: (view, at, value) => view.setUint16(at, value, true),
}

export const u32: Field<number> = {
  size: 4,
  read: (view, at) => view.getUint32(at, true),
  write: (view, at, value) => view.setUint32(at, value, true),
}

/** `count` values in a row. Writing fewer leaves the rest as it is. */
export function array<T>(element: Field<T>, count: number): Field<T[]> {
  return {
    size: element.size * count,
    read: (view, at) =>
      Array.from({ length: count }, (_, i) => element.read(view, at + i * element.size)),
    write: (view, at, values) => {
      if (values.length > count) throw tooLong(`${values.length} values`, `an array of ${count}`)
      values.forEach((value, i) => {
        element.write(view, at + i * element.size, value)
      })
    },
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
    write: (view, at, value) => {
      if (value.length > size) throw tooLong(JSON.stringify(value), `${size} bytes`)
      for (let i = 0; i < size; i++) {
        view.setUint8(at + i, i < value.length ? value.charCodeAt(i) : 0)
      }
    },
  }
}

/** Bytes without a meaning of their own: reserved words, padding. */
export function reserved(size: number): Field<undefined> {
  return { size, read: () => undefined, write: () => {} }
}

function tooLong(what: string, room: string): SmemError {
  return new SmemError('EINVAL', `${what} do not fit into ${room}`)
}
