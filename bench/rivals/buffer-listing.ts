// SPDX-License-Identifier: MIT
// SMEM out of a Buffer, in the fewest lines that list it: no error is told, nothing is trusted further than that it
// lies inside. Structures as in docs/how-smem-works.md.

export interface Listed {
  readonly id: number
  readonly offset: number
  readonly size: number
}

interface Ends {
  readonly mainEnd: number
  readonly auxBase: number
  readonly auxSize: number
}

const TOC = { offset: 0xd0, entries: 512, entry: 16 }
const PTABLE = { fromEnd: 4096, header: 32, entry: 48 }
const CANARY = 0xa5a5

/** The items of a version-11 heap. */
export function contents(memory: Buffer, { mainEnd, auxBase, auxSize }: Ends): Listed[] {
  const found: Listed[] = []
  for (let id = 0; id < TOC.entries; id++) {
    const at = TOC.offset + id * TOC.entry
    if (memory.readUInt32LE(at) === 0) continue
    const offset = memory.readUInt32LE(at + 4)
    const size = memory.readUInt32LE(at + 8)
    const region = memory.readUInt32LE(at + 12) & ~3
    const end = region === 0 ? mainEnd : region === (auxBase & ~3) ? auxSize : -1
    if (offset + size <= end) found.push({ id, offset, size })
  }
  return found
}

/** The uncached items of all partitions of a version-12 heap that ends at `end`. */
export function partitions(memory: Buffer, end: number): Listed[] {
  const found: Listed[] = []
  const table = end - PTABLE.fromEnd
  const entries = memory.readUInt32LE(table + 8)
  for (let i = 0; i < entries; i++) {
    const entry = table + PTABLE.header + i * PTABLE.entry
    const partition = memory.readUInt32LE(entry)
    const free = memory.readUInt32LE(partition + 12)
    for (let at = 32; at + 16 <= free; ) {
      const header = partition + at
      if (memory.readUInt16LE(header) !== CANARY) break
      const stored = memory.readUInt32LE(header + 4)
      const data = at + 16 + memory.readUInt16LE(header + 10)
      const size = stored - memory.readUInt16LE(header + 8)
      found.push({ id: memory.readUInt16LE(header + 2), offset: partition + data, size })
      at = data + stored
    }
  }
  return found
}
