// SPDX-License-Identifier: MIT
// The fields that SMEM's structures are made of. All integers are little-endian on every known target.

import { hexAddress, SmemError } from '../errors.js'

/**
 * One field type: how many bytes it takes, and how its value gets out of ordinary memory and into it.
 * @see {@link struct}
 */
export interface Field<T> {
  readonly size: number
  /** Its value, of bytes in ordinary memory. */
  read(view: DataView, offset: number): T
  /** For images that are built in ordinary memory; nothing writes to live memory by fields. */
  write(view: DataView, offset: number, value: T): void
  /** What it is made of, where it is not one value. */
  readonly parts?: readonly FieldPart[] | undefined
  /** Takes room, and is no value. */
  readonly hidden?: boolean | undefined
}

/**
 * A named part of a structure, or `[0]` of an array.
 * @see {@link struct}
 */
export interface FieldPart {
  readonly name: string
  /** From the start of the whole, bytes. */
  readonly offset: number
  readonly field: Field<unknown>
}

/**
 * One byte.
 * @example
 * ```ts
 * import { u8 } from 'qcom-smem'
 *
 * console.log(u8.read(new DataView(Uint8Array.of(0xff).buffer), 0)) // 255
 * ```
 */
export const u8: Field<number> = {
  size: 1,
  read: (view, at) => view.getUint8(at),
  write: (view, at, value) => view.setUint8(at, value),
}

/**
 * Two bytes.
 * @example
 * ```ts
 * import { u16 } from 'qcom-smem'
 *
 * console.log(u16.read(new DataView(Uint8Array.of(0x34, 0x12).buffer), 0)) // 4660
 * ```
 */
export const u16: Field<number> = {
  size: 2,
  read: (view, at) => view.getUint16(at, true),
  write: (view, at, value) => view.setUint16(at, value, true),
}

/**
 * A word of four bytes.
 * @example
 * ```ts
 * import { u32 } from 'qcom-smem'
 *
 * console.log(u32.read(new DataView(Uint8Array.of(4, 3, 2, 1).buffer), 0)) // 16909060
 * ```
 */
export const u32: Field<number> = {
  size: 4,
  read: (view, at) => view.getUint32(at, true),
  write: (view, at, value) => view.setUint32(at, value, true),
}

/**
 * Eight bytes, exact up to 2^53: sizes and addresses of real memory.
 * @example
 * ```ts
 * import { u64 } from 'qcom-smem'
 *
 * const view = new DataView(new ArrayBuffer(u64.size))
 * u64.write(view, 0, 2 ** 40)
 * console.log(u64.read(view, 0) === 2 ** 40) // true
 * ```
 */
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

/**
 * Physical addresses, as they are written everywhere: `0x86000000`.
 * @example
 * ```ts
 * import { address32 } from 'qcom-smem'
 *
 * console.log(address32.read(new DataView(Uint8Array.of(0, 0, 0, 0x86).buffer), 0)) // 0x86000000
 * ```
 */
export const address32 = shown(u32, hexAddress, Number)
/**
 * A physical address in eight bytes, exact: `0x880000000`.
 * @example
 * ```ts
 * import { address64 } from 'qcom-smem'
 *
 * const view = new DataView(new ArrayBuffer(address64.size))
 * address64.write(view, 0, '0x880000000')
 * console.log(address64.read(view, 0)) // 0x880000000
 * ```
 */
export const address64: Field<string> = {
  size: 8,
  read: (view, at) => hexAddress(view.getBigUint64(at, true)),
  write: (view, at, value) => view.setBigUint64(at, BigInt(value), true),
}

/**
 * `major.minor`: the upper and the lower half of a word.
 * @example
 * ```ts
 * import { version } from 'qcom-smem'
 *
 * console.log(version.read(new DataView(Uint8Array.of(2, 0, 1, 0).buffer), 0)) // 1.2
 * ```
 */
export const version = shown(
  u32,
  (value) => `${value >>> 16}.${value & 0xffff}`,
  (value) => {
    const [major = 0, minor = 0] = value.split('.').map(Number)
    return major * 0x10000 + minor
  },
)

/**
 * `count` values in a row. Writing fewer leaves the rest as it is.
 * @example
 * ```ts
 * import { array, u16 } from 'qcom-smem'
 *
 * const pins = array(u16, 2)
 * console.log(pins.size, pins.read(new DataView(Uint8Array.of(1, 0, 2, 0).buffer), 0)) // 4 [ 1, 2 ]
 * ```
 */
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

/**
 * Text of at most `size` bytes, ended by the first NUL or by the field. Bytes above 0x7e stay as latin1.
 * @example
 * ```ts
 * import { text } from 'qcom-smem'
 *
 * const bytes = Uint8Array.from(Buffer.from('devkit\0\0'))
 * console.log(text(8).read(new DataView(bytes.buffer), 0)) // devkit
 * ```
 */
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

/**
 * Bytes without a meaning of their own: reserved words, padding. They stand in no value.
 * @example
 * ```ts
 * import { reserved, struct, u8, u32 } from 'qcom-smem'
 *
 * const Slot = struct('slot', { state: u8, padding: reserved(3), value: u32 })
 * console.log(Slot.offsets.value) // 4
 * console.log(Slot.read(new DataView(new ArrayBuffer(8)), 0)) // { state: 0, value: 0 }
 * ```
 */
export function reserved(size: number): Field<undefined> {
  return { size, read: () => undefined, write: () => {}, hidden: true }
}

function tooLong(what: string, room: string): SmemError {
  return new SmemError('EINVAL', `${what} do not fit into ${room}`)
}
