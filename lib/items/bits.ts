// SPDX-License-Identifier: MIT
// Words in which every bit says something of its own, in the way all decoded values show them: the names of the
// bits that are set, lowest first.

/** Names of bits, by their number. */
export type BitNames = Readonly<Partial<Record<number, string>>>

/** Numbers of the bits that are set in the lower 32 bits of `value`, lowest first. */
export function setBits(value: number): number[] {
  const bits: number[] = []
  for (let bit = 0; bit < 32; bit++) if (((value >>> bit) & 1) === 1) bits.push(bit)
  return bits
}

/** Names of the bits that are set; `bit7` where `names` has none. */
export function bitNames(value: number, names: BitNames): string[] {
  return setBits(value).map((bit) => names[bit] ?? `bit${bit}`)
}
