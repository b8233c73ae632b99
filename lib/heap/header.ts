// SPDX-License-Identifier: MIT
// The header as read from region 0, and the two questions every driver asks of it before anything else:
// did the boot loader set SMEM up, and is it a version we know.

import { hexAddress, SmemError } from '../errors.js'
import { Header, HeapInfo, MASTER_SBL_VERSION, ProcComm } from '../layout/header.js'
import { Reader } from '../layout/reader.js'
import { array, u32 } from '../layout/scalar.js'
import type { MemoryPort } from '../port/port.js'

/**
 * The structures at the start of SMEM, the same in both versions.
 * @see {@link Smem}
 */
export interface SmemHeader {
  /** Four legacy mailboxes: apps, modem, and two unused. */
  readonly procComm: readonly ProcComm[]
  /** 32 version words, one per software component; major in the high half. */
  readonly versions: readonly number[]
  /** Words: `initialized` is 1 once the boot loader has set the heap up; `freeOffset` and `available` are bytes. */
  readonly heapInfo: HeapInfo
}

/**
 * The version word of the master boot loader.
 * @see {@link Smem}
 */
export interface HeapVersion {
  readonly raw: number
  readonly major: number
  readonly minor: number
}

/** Somebody allocates, again and again: then any state will do. */
const STEADY_TRIES = 16

const { offsets } = Header
const procComm = new Reader(array(ProcComm, 4))
const versions = new Reader(array(u32, 32))
const heapInfo = new Reader(HeapInfo)

/** @throws SmemError EINVAL where the image ends before the header's fixed part does */
export function readHeader(main: MemoryPort): SmemHeader {
  if (main.size < offsets.toc) {
    throw new SmemError('EINVAL', `${main.size} bytes are too few for an SMEM header`, {
      origin: 'heap',
      address: main.base,
      hint: 'an image starts at the first byte of the carve-out and holds all of it',
    })
  }
  return {
    procComm: procComm.read(main, offsets.procComm),
    versions: versions.read(main, offsets.versions),
    heapInfo: readHeapInfo(main),
  }
}

/** Free offset and available bytes move one after the other: what reads the same twice belongs together. */
function readHeapInfo(main: MemoryPort): HeapInfo {
  let info = heapInfo.read(main, offsets.heapInfo)
  for (let tries = 0; tries < STEADY_TRIES; tries++) {
    const again = heapInfo.read(main, offsets.heapInfo)
    if (again.freeOffset === info.freeOffset && again.available === info.available) break
    info = again
  }
  return info
}

/** The master boot loader's version word, by which the heap's format is decided. */
export function heapVersion(header: SmemHeader): HeapVersion {
  const raw = header.versions[MASTER_SBL_VERSION]!
  return { raw, major: raw >>> 16, minor: raw & 0xffff }
}

export function isInitialized({ heapInfo }: SmemHeader): boolean {
  return heapInfo.initialized === 1 && heapInfo.reserved === 0
}

/** Writing into, or believing, memory that no boot loader has set up corrupts others. @throws ENODEV */
export function checkInitialized(main: MemoryPort, header: SmemHeader): void {
  if (isInitialized(header)) return
  const { initialized, reserved } = header.heapInfo
  throw new SmemError(
    'ENODEV',
    `SMEM at ${hexAddress(main.base)} is not initialised: the header says initialized ${initialized}, reserved ${reserved}; 1 and 0 are expected`,
    {
      origin: 'heap',
      address: main.base + offsets.heapInfo,
      hint: 'the boot loader sets SMEM up; for a dump, check that the file starts at the carve-out',
    },
  )
}
