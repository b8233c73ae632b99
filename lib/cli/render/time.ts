// SPDX-License-Identifier: MIT
// Durations as people read them.

const units: readonly [name: string, nanoseconds: number][] = [
  ['s', 1e9],
  ['ms', 1e6],
  ['us', 1e3],
]

/** Two digits or more: `412 ns`, `1.2 us`, `35 ms`. */
export function duration(nanoseconds: number): string {
  const [name, unit] = units.find(([, size]) => nanoseconds >= size) ?? ['ns', 1]
  const value = nanoseconds / unit
  return `${value < 10 ? +value.toFixed(1) : Math.round(value)} ${name}`
}
