// SPDX-License-Identifier: MIT
// Every decoder of ours against as many hostile items, and what it broke.

import type { Decoder } from '#lib/items/decoder.js'
import { builtinDecoders } from '#lib/items/registry.js'
import { allGolden } from '../golden/all.js'
import { hostileItem, Random } from './mutator.js'
import { judge, type Outcome } from './verdict.js'

/** Of each decoder so many offences are told. */
const TOLD = 3
const SHOWN_BYTES = 512

export interface Result {
  readonly decoder: string
  readonly inputs: number
  readonly outcomes: Readonly<Record<Outcome, number>>
  /** Each with what is needed to see it again. */
  readonly offences: readonly string[]
}

/** `inputs` over all decoders, at least one each; input n of a seed is always the same. */
export async function fuzz(inputs: number, seed: number): Promise<Result[]> {
  const golden = await allGolden()
  const share = Math.ceil(inputs / builtinDecoders.length)
  return builtinDecoders.map((decoder, place) => {
    const outcomes = { decoded: 0, refused: 0 }
    const offences: string[] = []
    for (let n = place * share; n < (place + 1) * share; n++) {
      const item = hostileItem(decoder.items, golden.get(decoder.name)!, new Random(seed, n))
      try {
        outcomes[judge(decoder, item.bytes, item).outcome]++
      } catch (error) {
        if (offences.length < TOLD) offences.push(offence(decoder, item, seed, n, error))
      }
    }
    return { decoder: decoder.name, inputs: share, outcomes, offences }
  })
}

function offence(
  { name }: Decoder,
  { id, host, bytes }: { id: number; host: number | null; bytes: Uint8Array },
  seed: number,
  input: number,
  error: unknown,
): string {
  const hex = Buffer.from(bytes.subarray(0, SHOWN_BYTES)).toString('hex')
  const said = error instanceof Error ? error.stack : String(error)
  return `${name}, seed ${seed}, input ${input}: item ${id}, host ${host}, ${bytes.length} bytes
    ${hex}${bytes.length > SHOWN_BYTES ? '...' : ''}
    ${said}`
}
