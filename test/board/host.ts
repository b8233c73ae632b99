// SPDX-License-Identifier: MIT
// The host's side of the shared RAM file: while the guest waits it takes the regions out, looks for what
// the kernel wrote, and reads them with the library as it reads any dump.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import type { RamFile } from './boot.js'
import type { Image } from './image.js'
import type { Ledger } from './ledger.js'
import { CARVE_OUT, hex, MESSAGE_RAM } from './machine.js'
import type { Part } from './scenario.js'

/** The command line on this side. */
export interface DumpReader {
  readonly program: string
  /** For the files of one run. */
  readonly folder: string
}

/** What a command says of the two regions, taken as a dump. `name` is for the files. */
export function readDump(
  { program, folder }: DumpReader,
  name: string,
  regions: { readonly carveOut: Uint8Array; readonly messageRam: Uint8Array },
  ...command: string[]
): string {
  const image = `${folder}/${name}.img`
  const auxiliary = `${folder}/${name}.msgram`
  writeFileSync(image, regions.carveOut)
  writeFileSync(auxiliary, regions.messageRam)
  const source = ['--source', `file:${image}`, '--base', hex(CARVE_OUT.base)]
  source.push('--aux', `${hex(MESSAGE_RAM.base)}=${auxiliary}`)
  return execFileSync(process.execPath, [program, ...source, ...command, '--json'], {
    encoding: 'utf8',
  })
}

/** What the host saw while the guest waited. */
export class HostView {
  carveOut: Buffer | null = null
  #list: string | null = null
  #partitions: string | null = null

  constructor(
    readonly reader: DumpReader,
    readonly name: string,
  ) {}

  look(memory: RamFile): void {
    const regions = { carveOut: memory.read(CARVE_OUT), messageRam: memory.read(MESSAGE_RAM) }
    this.carveOut = regions.carveOut
    this.#list = readDump(this.reader, this.name, regions, 'list')
    this.#partitions = readDump(this.reader, this.name, regions, 'partitions')
  }

  get list(): string {
    return seen(this.#list)
  }

  get partitions(): Record<string, unknown>[] {
    return (JSON.parse(seen(this.#partitions)) as { partitions: Record<string, unknown>[] })
      .partitions
  }
}

function seen(text: string | null): string {
  assert.ok(text !== null, 'the host has not seen the memory')
  return text
}

/** After the drivers have allocated, and before anything else happens. */
export function hostPart(image: Image, host: HostView): Part {
  return {
    steps: [(memory) => host.look(memory)],
    check: (ledger) => checkAllocations(ledger, image, host.carveOut),
  }
}

/** Bytes of the smp2p header: magic, version and features, local and remote processor. */
const SMP2P_HEADER = 12

/** That the kernel's smp2p driver wrote its header into an item, for that remote processor. */
export function checkSmp2p(
  carveOut: Buffer,
  { id, offset }: { readonly id: number; readonly offset: number },
  remote: number,
): void {
  const header = carveOut.subarray(offset, offset + SMP2P_HEADER)
  assert.equal(header.toString('latin1', 0, 4), '$SMP', `item ${id}`)
  assert.deepEqual([header.readUInt16LE(8), header.readUInt16LE(10)], [0, remote], `item ${id}`)
}

/** That the kernel's items lie where our bookkeeping foretold, seen through the RAM file. */
async function checkAllocations(ledger: Ledger, image: Image, carveOut: Buffer | null) {
  const remotes: Readonly<Record<number, number>> = { 428: 1, 429: 2, 432: 5 }
  await ledger.check('the kernel allocated its smp2p items where they have to be', () => {
    assert.ok(carveOut, 'the guest never got that far')
    const lines = image.allocated.flatMap(({ id, offset, address }) => {
      const remote = remotes[id]
      if (remote === undefined) return []
      checkSmp2p(carveOut, { id, offset }, remote)
      return [`item ${id} at ${hex(address)}: $SMP of processor 0 for processor ${remote}`]
    })
    assert.equal(lines.length, 3)
    return lines.join('\n')
  })
}
