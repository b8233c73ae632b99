// SPDX-License-Identifier: MIT
// The other end of a peer that is a node: answers each line `NAME COUNT` as peer.c does.

import { createInterface } from 'node:readline'

/** Adds something up over `count` times. */
export type Work = (count: number) => number

export async function answer(works: Readonly<Record<string, Work>>): Promise<void> {
  for await (const line of createInterface(process.stdin)) {
    const [name, count] = line.split(' ')
    const work = works[name!]
    if (work === undefined) throw new Error(`no benchmark ${name}`)
    const start = process.hrtime.bigint()
    const sum = work(Number(count))
    console.log(`${process.hrtime.bigint() - start} ${sum}`)
  }
}

/** What a peer is told of the memory, by its place in the arguments: see `placeOf`. */
export function terrainOf(args: readonly string[]) {
  const [path, ...numbers] = args
  const [size, mainEnd, auxPosition, auxBase, auxSize, , , , , firstId] = numbers.map(Number)
  return {
    path: path!,
    size: size!,
    mainEnd: mainEnd!,
    auxPosition: auxPosition!,
    auxBase: auxBase!,
    auxSize: auxSize!,
    firstId: firstId!,
  }
}
