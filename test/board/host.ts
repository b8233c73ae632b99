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

/** What the host saw while the guest waited. */
export class HostView {
  carveOut: Buffer | null = null
  #list = ''
  #partitions = ''

  constructor(
    readonly program: string,
    readonly folder: string,
    readonly name: string,
  ) {}

  /** Takes the two regions out of the RAM file and reads them as a dump. */
  async look(memory: RamFile): Promise<void> {
    this.carveOut = memory.read(CARVE_OUT)
    const image = `${this.folder}/${this.name}.img`
    const auxiliary = `${this.folder}/${this.name}.msgram`
    writeFileSync(image, this.carveOut)
    writeFileSync(auxiliary, memory.read(MESSAGE_RAM))
    const source = ['--source', `file:${image}`, '--base', hex(CARVE_OUT.base)]
    source.push('--aux', `${hex(MESSAGE_RAM.base)}=${auxiliary}`)
    const read = (command: string) =>
      execFileSync(process.execPath, [this.program, ...source, command, '--json'], {
        encoding: 'utf8',
      })
    this.#list = read('list')
    this.#partitions = read('partitions')
  }

  get list(): string {
    assert.notEqual(this.#list, '', 'the host has not seen the memory')
    return this.#list
  }

  get partitions(): Record<string, unknown>[] {
    assert.notEqual(this.#partitions, '', 'the host has not seen the memory')
    return (JSON.parse(this.#partitions) as { partitions: Record<string, unknown>[] }).partitions
  }
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

/** That the kernel's items lie where our bookkeeping foretold, seen through the RAM file. */
async function checkAllocations(ledger: Ledger, image: Image, carveOut: Buffer | null) {
  const remotes: Readonly<Record<number, number>> = { 428: 1, 429: 2, 432: 5 }
  await ledger.check('the kernel allocated its smp2p items where they have to be', () => {
    assert.ok(carveOut, 'the guest never got that far')
    const lines = image.allocated.flatMap(({ id, offset, address }) => {
      const remote = remotes[id]
      if (remote === undefined) return []
      const header = carveOut.subarray(offset, offset + SMP2P_HEADER)
      assert.equal(header.toString('latin1', 0, 4), '$SMP', `item ${id}`)
      assert.deepEqual([header.readUInt16LE(8), header.readUInt16LE(10)], [0, remote], `item ${id}`)
      return [`item ${id} at ${hex(address)}: $SMP of processor 0 for processor ${remote}`]
    })
    assert.equal(lines.length, 3)
    return lines.join('\n')
  })
}
