// SPDX-License-Identifier: MIT
// The fields that SMEM's structures are made of. All integers are little-endian on every known target.

import { hexAddress, SmemError } from '../errors.js'

/** One field type: how many bytes it takes, and how its value gets out of ordinary memory and into it. */
export interface Field<T> {
  readonly size: number
  read(view: DataView, offset: number): T
  /** For images that are built in ordinary memory; nothing writes to live memory by fields. */
  write(view: DataView, offset: number, value: T): void
  /** What it is made of, where it is not one value. */
  readonly parts?: readonly FieldPart[] | undefined
  /** Takes room, and is no value. */
  readonly hidden?: boolean | undefined
}

/** A named part of a structure, or `[0]` of an array. */
export interface FieldPart {
  readonly name: string
  /** From the start of the whole, bytes. */
  readonly offset: number
  readonly field: Field<unknown>
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

/** Exact up to 2^53: sizes and addresses of real memory. */
export const u64: Field<number> = {
  size: 8,
  read: (view, at) => view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32,
  write: (view, at, value) => {
    view.setUint32(at, value % 2 ** 32, true)
    view.setUint32(at + 4, Math.floor(value / 2 ** 32), true)
  },
}

/** A number shown as another kind of value: an address as a hex string, a version as `1.2`. */
export function shown<T>(
  field: Field<number>,
  show: (value: number) => T,
  parse: (value: T) => number,
): Field<T> {
  return {
    size: field.size,
    read: (view, at) => show(field.read(view, at)),
    write: (view, at, value) => field.write(view, at, parse(value)),
  }
}

/** Physical addresses, as they are written everywhere: `0x86000000`. */
export const address32 = shown(u32, hexAddress, Number)
export const address64: Field<string> = {
  size: 8,
  read: (view, at) => hexAddress(view.getBigUint64(at, true)),
  write: (view, at, value) => view.setBigUint64(at, BigInt(value), true),
}

/** `major.minor`: the upper and the lower half of a word. */
export const version = shown(
  u32,
  (value) => `${value >>> 16}.${value & 0xffff}`,
  (value) => {
    const [major = 0, minor = 0] = value.split('.').map(Number)
    return major * 0x10000 + minor
  },
)

/** `count` values in a row. Writing fewer leaves the rest as it is. */
export function array<T>(element: Field<T>, count: number): Field<T[]> {
  return {
    size: element.size * count,
    get parts() {
      return Array.from({ length: count }, (_, i) => {
        return { name: `[${i}]`, offset: i * element.size, field: element }
      })
    },
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

/** Bytes without a meaning of their own: reserved words, padding. They stand in no value. */
export function reserved(size: number): Field<undefined> {
  return { size, read: () => undefined, write: () => {}, hidden: true }
}

function tooLong(what: string, room: string): SmemError {
  return new SmemError('EINVAL', `${what} do not fit into ${room}`)
}
