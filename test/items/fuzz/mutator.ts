// SPDX-License-Identifier: MIT
// Hostile items: golden ones spoiled in the ways in which memory goes wrong, and bytes out of nothing. The same
// numbers come from the same seed.

import type { ItemContext } from '#lib/items/dissection.js'
import type { Golden } from '../golden/golden.js'

/** Numbers from a seed (mulberry32). */
export class Random {
  #state: number

  constructor(seed: number, input: number) {
    this.#state = (Math.imul(seed | 1, 0x9e3779b1) + Math.imul(input + 1, 0x85ebca6b)) >>> 0
  }

  word(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  /** 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor((this.word() / 2 ** 32) * count)
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!
  }

  bytes(size: number): Uint8Array {
    const words = new Uint32Array(Math.ceil(size / 4))
    for (let i = 0; i < words.length; i++) words[i] = this.word()
    return new Uint8Array(words.buffer, 0, size)
  }
}

const awkward = [0, 1, 2, 3, 4, 7, 8, 16, 31, 32, 63, 64, 255, 256, 0x7fff, 0xffff, 0x10000]
const wrapping = [0x7fffffff, 0x80000000, 0xfffffff0, 0xfffffffc, 0xfffffffe, 0xffffffff]

type Spoil = (bytes: Uint8Array, random: Random) => Uint8Array

const ways: readonly Spoil[] = [
  // A word that is awkward, or close to the size.
  ...new Array<Spoil>(6).fill((bytes, random) => {
    if (bytes.length < 4) return bytes
    // Headers decide most.
    const span = random.below(2) === 0 ? Math.min(bytes.length, 320) : bytes.length
    const at = Math.min(random.below(Math.ceil(span / 4)) * 4, bytes.length - 4)
    const near = bytes.length - at + random.below(5) - 2
    const value = random.of([random.of(awkward), random.of(wrapping), near, random.word()])
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(at, value >>> 0, true)
    return bytes
  }),
  (bytes, random) => {
    if (bytes.length > 0) bytes[random.below(bytes.length)]! ^= 1 << random.below(8)
    return bytes
  },
  (bytes, random) => bytes.slice(0, random.below(bytes.length + 1)),
  (bytes, random) => bytes.slice(0, Math.max(0, bytes.length - 1 - random.below(8))),
  (bytes, random) => {
    const longer = new Uint8Array(bytes.length + random.of([1, 7, 8, 32, 128]))
    longer.set(random.below(2) === 0 ? random.bytes(longer.length) : longer)
    longer.set(bytes)
    return longer
  },
  // One part over another.
  (bytes, random) => {
    const from = random.below(bytes.length + 1)
    const to = random.below(bytes.length + 1)
    return bytes.copyWithin(to, from, from + random.below(64))
  },
  (bytes, random) => {
    const from = random.below(bytes.length + 1)
    return bytes.fill(random.of([0, 0xff, 0x41]), from, from + random.below(256))
  },
]

function spoil(bytes: Uint8Array, random: Random): Uint8Array {
  let spoiled: Uint8Array = new Uint8Array(bytes)
  for (let step = random.below(5); step >= 0; step--) spoiled = random.of(ways)(spoiled, random)
  return spoiled
}

/** Bytes of any kind: noise, all alike, or nothing. */
function anything(random: Random, size: number): Uint8Array {
  return random.below(4) === 0
    ? new Uint8Array(size).fill(random.of([0, 0xff, 0x20, 0x41]))
    : random.bytes(size)
}

export interface Hostile extends ItemContext {
  readonly bytes: Uint8Array
}

/** One input of a decoder: `random` decides everything. */
export function hostileItem(
  ids: readonly number[],
  golden: readonly Golden[],
  random: Random,
): Hostile {
  const like = golden.length > 0 && random.below(8) > 0 ? random.of(golden) : null
  const siblings = new Map<number, Uint8Array | null>()
  const context = {
    id: like !== null && random.below(8) > 0 ? like.id : random.of(ids),
    host: random.of([null, null, 0, 1, 5, 6, random.below(30)]),
    sibling(id: number) {
      if (!siblings.has(id)) siblings.set(id, hostileSibling(like?.siblings?.[id], random))
      return siblings.get(id)!
    },
  }
  if (like !== null) return { ...context, bytes: spoil(like.bytes, random) }
  const size = random.of([
    random.below(64),
    random.below(600),
    random.of(golden)?.bytes.length ?? 8,
  ])
  return { ...context, bytes: anything(random, size) }
}

function hostileSibling(known: Uint8Array | undefined, random: Random): Uint8Array | null {
  if (known === undefined) {
    return random.below(2) === 0 ? null : anything(random, random.of([0, 3, 4, 8, 32, 64, 100]))
  }
  const fate = random.below(4)
  if (fate === 0) return null
  return fate === 1 ? spoil(known, random) : known
}
