// SPDX-License-Identifier: MIT
// Snapshots in the programs that people open cores with: readelf, objdump, gdb and drgn. Each finds every piece of
// memory at its physical address, and nothing where there is a hole.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Snapshot, takeSnapshot } from '#lib/inspect/snapshot.js'
import { openFake } from '#lib/source/fake.js'
import { profileNames } from '#lib/testing/profiles.js'
import { loadsOf } from '../dump/elf.js'

const remedy = 'sh scripts/apt-install.sh binutils gdb-multiarch python3-drgn'

/** All that it says; a program that is missing is told as what to do about it. */
function run(program: string, args: readonly string[], expected = 0): string {
  const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const
  const { status, error, stdout, stderr } = spawnSync(program, args, options)
  assert.equal(error, undefined, `${program} does not start (${error?.message}): ${remedy}`)
  assert.equal(status, expected, `${program} ended with ${status}: ${stderr}. Missing? ${remedy}`)
  return stdout + stderr
}

const gdb = ['-nx', '-batch']
const hex = (value: number, digits = 1) => value.toString(16).padStart(digits, '0')

for (const name of profileNames) {
  describe(`a snapshot of ${name}`, () => {
    let folder = ''
    let path = ''
    let snapshot: Snapshot
    let loads: ReturnType<typeof loadsOf>

    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'qcom-smem-debuggers-'))
      path = join(folder, 'smem.elf')
      const source = openFake(name, {})
      snapshot = takeSnapshot(source, { tool: { name: 'qcom-smem', version: '1' } })
      source.close()
      writeFileSync(path, snapshot.bytes)
      loads = loadsOf(readFileSync(path))
    })
    after(() => rmSync(folder, { recursive: true }))

    /** Four words at the start of each piece, and at the last whole ones. */
    const samples = () =>
      loads.flatMap(({ base, bytes }) =>
        [0, bytes.length - 16].map((at) => ({
          address: base + at,
          words: [0, 4, 8, 12].map((next) => bytes.readUInt32LE(at + next)),
        })),
      )

    it('is a core for AArch64 to readelf, which lists its pieces without a complaint', () => {
      const header = run('readelf', ['-hW', path])
      assert.match(header, /Type: +CORE/)
      assert.match(header, /Machine: +AArch64/)
      const text = run('readelf', ['-lW', path])
      assert.doesNotMatch(text, /warning|error/i)
      const rows = [...text.matchAll(/^ +LOAD +0x\w+ 0x(\w+) 0x(\w+) 0x(\w+) 0x(\w+) R +0x1000$/gm)]
      assert.deepEqual(
        rows.map(([, ...numbers]) => numbers.map((number) => Number.parseInt(number, 16))),
        loads.map(({ base, bytes: { length } }) => [base, base, length, length]),
      )
    })

    it('has a note that readelf shows with its owner and all of its text', () => {
      const text = run('readelf', ['-nW', path])
      assert.match(text, /QCOM-SMEM +0x\w+\t.*0x4d454d53/)
      const bytes = /description data: ((?:[0-9a-f]{2} )+)/.exec(text)![1]!
      const note = JSON.parse(Buffer.from(bytes.replaceAll(' ', ''), 'hex').toString())
      assert.equal(note.schema, 'qcom-smem/snapshot@1')
    })

    it('has a section for each piece to objdump', () => {
      const text = run('objdump', ['-h', path])
      const rows = [...text.matchAll(/^ +\d+ load\w+ +(\w+) +(\w+) +(\w+) /gm)]
      assert.deepEqual(
        rows.map(([, ...numbers]) => numbers.map((number) => Number.parseInt(number, 16))),
        loads.map(({ base, bytes: { length } }) => [length, base, base]),
      )
    })

    it('gives gdb its words at their addresses, and none of a hole', () => {
      const ask = samples().flatMap(({ address }) => ['-ex', `x/4xw 0x${hex(address)}`])
      const text = run('gdb-multiarch', [...gdb, '-ex', `target core ${path}`, ...ask])
      for (const { address, words } of samples()) {
        const line = `0x${hex(address)}:\t${words.map((word) => `0x${hex(word, 8)}`).join('\t')}\n`
        assert.ok(text.includes(line), `${line} is not in\n${text}`)
      }
      for (const { base, holes } of snapshot.note.regions) {
        for (const { offset } of holes) {
          const question = `x/1xw 0x${hex(base + offset)}`
          const answer = run('gdb-multiarch', [...gdb, '-ex', `core ${path}`, '-ex', question], 1)
          assert.match(answer, /Cannot access memory at address/)
        }
      }
    })

    it('gives drgn its bytes at their physical addresses, and none of a hole', () => {
      const script = join(folder, 'ask.py')
      writeFileSync(
        script,
        [
          'import drgn, json, sys',
          'program = drgn.Program()',
          'program.set_core_dump(sys.argv[1])',
          'def ask(address, size):',
          '    try:',
          '        return program.read(address, size, True).hex()',
          '    except drgn.FaultError:',
          '        return None',
          'print(json.dumps([ask(*question) for question in json.loads(sys.argv[2])]))',
        ].join('\n'),
      )
      const pieces = loads.map(({ base, bytes }) => [base, bytes.length])
      const holes = snapshot.note.regions.flatMap(({ base, holes }) =>
        holes.map(({ offset }) => [base + offset, 4]),
      )
      // The package is of the system's own Python.
      const text = run('/usr/bin/python3', [script, path, JSON.stringify([...pieces, ...holes])])
      assert.deepEqual(JSON.parse(text), [
        ...loads.map(({ bytes }) => bytes.toString('hex')),
        ...holes.map(() => null),
      ])
    })
  })
}
