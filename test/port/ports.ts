// SPDX-License-Identifier: MIT
// Every kind of port over the same bytes, for the contract that all of them keep.

import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BytesPort } from '#lib/port/bytes.js'
import { openDevMem } from '#lib/port/devmem.js'
import { withHoles } from '#lib/port/holes.js'
import { createMemfd, mapMemfd } from '#lib/port/memfd.js'
import type { MemoryPort } from '#lib/port/port.js'
import { recording } from '#lib/port/recording.js'
import { tracing } from '#lib/port/tracing.js'

export interface PortKind {
  readonly name: string
  /** A port at physical address `base` over a copy of `bytes`, whole words. */
  open(bytes: Uint8Array, base: number, writable: boolean): MemoryPort
}

export const portKinds: readonly PortKind[] = [
  {
    name: 'bytes',
    open: (bytes, base, writable) => new BytesPort(bytes.slice(), { base, writable }),
  },
  { name: 'memfd', open: (bytes, base, writable) => overMemfd(bytes, base, writable, false) },
  { name: 'memfd, wide', open: (bytes, base, writable) => overMemfd(bytes, base, writable, true) },
  { name: 'devmem', open: overDevice },
  {
    name: 'with holes',
    // None of them in what the contract looks at.
    open: (bytes, base, writable) =>
      withHoles(new BytesPort(bytes.slice(), { base, writable }), [
        { offset: bytes.length, size: 4096 },
      ]),
  },
  {
    name: 'tracing',
    open: (bytes, base, writable) => tracing(overMemfd(bytes, base, writable, true), () => {}),
  },
  {
    name: 'recording',
    open: (bytes, base, writable) => recording(overMemfd(bytes, base, writable, true)),
  },
]

function overMemfd(bytes: Uint8Array, base: number, writable: boolean, wide: boolean): MemoryPort {
  const fd = createMemfd('contract', bytes.length)
  const range = { position: 0, size: bytes.length, base }
  const fill = mapMemfd(fd, { ...range, writable: true })
  fill.writeWords(0, new Uint32Array(bytes.slice().buffer))
  fill.close()
  const port = mapMemfd(fd, { ...range, writable, wide })
  closeSync(fd)
  return port
}

/** A sparse file stands in for /dev/mem: its byte at `base` is the memory at physical address `base`. */
function overDevice(bytes: Uint8Array, base: number, writable: boolean): MemoryPort {
  const folder = mkdtempSync(join(tmpdir(), 'port-'))
  const device = join(folder, 'mem')
  try {
    const fd = openSync(device, 'w')
    writeSync(fd, bytes, 0, bytes.length, base)
    closeSync(fd)
    return openDevMem(base, bytes.length, { writable, device })
  } finally {
    // The mapping keeps the file.
    rmSync(folder, { recursive: true })
  }
}
