// SPDX-License-Identifier: MIT
// What in a dump looks like SMEM, as data: every page of it is looked at, whatever else is known of the dump.

import type { Candidate, Sureness } from '../dump/candidate.js'
import { scanPages } from '../dump/scan.js'
import { hexAddress, SmemError } from '../errors.js'
import { type Dump, openDirectoryDump, openFileDump } from '../source/dump.js'
import { sourceName } from '../source/open.js'
import type { SourceOptions } from '../source/source.js'

export interface FindReport {
  readonly schema: 'qcom-smem/find@1'
  readonly source: string
  /** What was looked through, by address. */
  readonly segments: readonly FoundSegment[]
  /** The surest first. */
  readonly candidates: readonly FoundCandidate[]
}

export interface FoundSegment {
  readonly file: string
  /** Of its first byte in the file. */
  readonly position: number
  /** null where nothing says it. */
  readonly address: string | null
  readonly size: number
}

export interface FoundCandidate {
  readonly file: string
  readonly position: number
  readonly address: string | null
  readonly version: { readonly raw: string; readonly major: number; readonly minor: number }
  /** null where nothing tells. */
  readonly size: number | null
  readonly sure: Sureness
  readonly evidence: readonly string[]
}

export interface Found {
  readonly report: FindReport
  readonly warnings: readonly string[]
}

/** @throws SmemError EINVAL with origin `input` for a source that is no dump, or cannot be read */
export function findSmem(options: SourceOptions): Found {
  const dump = openDump(options)
  try {
    const { memory, placed, name } = dump
    const warnings = [...dump.warnings]
    const warn = (warning: string) => warnings.push(warning)
    const found = scanPages(memory, { placed, progress: options.progress, warn })
    return {
      report: {
        schema: 'qcom-smem/find@1',
        source: name,
        segments: memory.segments.map(({ file, position, base, size }) => {
          return { file: file.name, position, address: placed ? hexAddress(base) : null, size }
        }),
        candidates: found.map((candidate) => foundCandidate(dump, candidate)),
      },
      warnings,
    }
  } finally {
    dump.memory.close()
  }
}

function openDump(options: SourceOptions): Dump {
  const name = sourceName(options)
  const [, scheme, path] = /^(file|dir):(.*)$/s.exec(name) ?? []
  if (scheme === 'file') return openFileDump(path!, options)
  if (scheme === 'dir') return openDirectoryDump(path!, options)
  throw new SmemError('EINVAL', `"${name}" is no dump to look through`, {
    origin: 'input',
    hint: 'name one: --source file:PATH or --source dir:PATH',
  })
}

function foundCandidate({ memory, placed }: Dump, candidate: Candidate): FoundCandidate {
  const { address, recorded, version, size, sure, evidence } = candidate
  const { file, position, base } = memory.at(address)!
  const { raw, major, minor } = version
  const known = placed ? address : recorded
  return {
    file: file.name,
    position: position + address - base,
    address: known === null ? null : hexAddress(known),
    version: { raw: hexAddress(raw), major, minor },
    size,
    sure,
    evidence,
  }
}
