// SPDX-License-Identifier: MIT
// Golden items: bytes put down by hand, each value at its absolute offset, without a look at the layouts that the
// decoders have. Tests decode them; the property test and the fuzz spoil them.

export interface Golden {
  readonly id: number
  readonly bytes: Uint8Array
  /** Other items of the same heap, by id. */
  readonly siblings?: Readonly<Record<number, Uint8Array>>
}

/** What stands where: a number takes 4 bytes or as many as are said, little-endian; text is latin1 without a NUL. */
export type Placed =
  | readonly [offset: number, value: string]
  | readonly [offset: number, value: number, bytes?: 1 | 2 | 4 | 8]

/** `size` zero bytes with these values in them. */
export function written(size: number, values: readonly Placed[]): Buffer {
  const bytes = Buffer.alloc(size)
  for (const [offset, value, width = 4] of values) {
    if (offset + (typeof value === 'string' ? value.length : width) > size) {
      throw new RangeError(`${value} at ${offset} is outside ${size} bytes`)
    }
    if (typeof value === 'string') bytes.write(value, offset, 'latin1')
    else if (width === 8) bytes.writeBigUInt64LE(BigInt(value), offset)
    else bytes.writeUIntLE(value, offset, width)
  }
  return bytes
}
