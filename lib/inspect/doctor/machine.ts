// SPDX-License-Identifier: MIT
// The facts about a machine that the checks of `doctor` judge, gathered once. Files are read below a root
// and memory is opened by functions, so a folder and two functions make a machine for a test.

import { closeSync, constants, openSync, type Stats } from 'node:fs'
import type { Board } from '../../board/board.js'
import { discoverBoard } from '../../board/discover.js'
import { MachineFiles } from '../../board/files.js'
import { type Iomem, parseIomem } from '../../board/iomem.js'
import { type Kernel, readKernel } from '../../board/kernel.js'
import { readProcDeviceTree } from '../../board/proc.js'
import { readSoc0, type Soc0 } from '../../board/soc0.js'
import { SmemError } from '../../errors.js'
import { readHeader, type SmemHeader } from '../../heap/header.js'
import { type NativeStatus, nativeStatus } from '../../native/load.js'
import { DEV_MEM, openDevMem } from '../../port/devmem.js'
import type { MemoryPort } from '../../port/port.js'
import { type ChipItems, isOlderThanKernel, readChipItems } from './chip-items.js'
import { type Credentials, readCredentials } from './credentials.js'

/** How an attempt ended: null where it succeeded. */
export type Outcome = { readonly code: string; readonly message: string } | null

export interface Machine {
  readonly native: NativeStatus
  readonly credentials: Credentials
  readonly kernel: Kernel
  readonly iomem: Iomem
  /** The file that betrays a container; null outside of one. */
  readonly container: string | null
  readonly deviceTree: {
    readonly present: boolean
    /** The path exists and leads nowhere: a container hides /sys/firmware. */
    readonly dangling: boolean
    /** What describes the hardware instead: /sys/firmware/acpi; null where nothing does. */
    readonly acpi: string | null
  }
  readonly board: Board | null
  /** Why there is no board, although there is a tree. */
  readonly boardError: SmemError | null
  /** As `ls -ln` shows it: `crw-r----- 0:15 /dev/mem`; null where it is not there. */
  readonly devMem: string | null
  /** Opening /dev/mem for reading; null also where it was not there to be tried. */
  readonly opened: Outcome
  /** Mapping the carve-out; undefined where it was not tried. */
  readonly carveOut: Outcome | undefined
  /** Mapping the mutex word for writing, without touching it; undefined where it was not tried. */
  readonly mutexWord: Outcome | undefined
  /** What the carve-out starts with, where it could be read. */
  readonly header: SmemHeader | null
  /** What SMEM says of the chip, where it could be read. */
  readonly chipItems: ChipItems | null
  /** What the kernel says of it. */
  readonly soc0: Soc0
}

export interface MachineOptions {
  /** Where the machine's files are. Default `/`. */
  root?: string
  native?: () => NativeStatus
  /** Opens the memory device and closes it again. */
  tryOpen?: (path: string) => void
  map?: (base: number, size: number, options: { writable: boolean }) => MemoryPort
}

const DEVICE_TREE = '/proc/device-tree'
const ACPI = '/sys/firmware/acpi/tables'
const CONTAINER_MARKS = ['/.dockerenv', '/run/.containerenv', '/run/systemd/container']

export function gatherMachine(options: MachineOptions = {}): Machine {
  const { root, native = nativeStatus, tryOpen = openAndClose, map = openDevMem } = options
  const files = new MachineFiles(root)
  const present = files.exists(DEVICE_TREE)
  const [board, boardError] = present ? findBoard(files) : [null, null]
  const status = native()
  const device = files.stats(DEV_MEM)
  const opened = device === null ? null : outcome(() => tryOpen(files.real(DEV_MEM)))
  const reachable = device !== null && opened === null && status.loaded !== null ? board : null
  const { carveOut, header } = probeCarveOut(reachable, map)
  const chipItems =
    reachable === null || carveOut !== null
      ? null
      : readChipItems(reachable, ({ base, size }) => map(base, size, { writable: false }))
  return {
    native: status,
    credentials: readCredentials(files),
    kernel: readKernel(files),
    iomem: parseIomem(files.text('/proc/iomem') ?? ''),
    container: CONTAINER_MARKS.find((path) => files.exists(path)) ?? null,
    deviceTree: {
      present,
      dangling: !present && files.stats(DEVICE_TREE) !== null,
      acpi: files.exists(ACPI) ? ACPI : null,
    },
    board,
    boardError,
    devMem: device === null ? null : `${modeText(device)} ${device.uid}:${device.gid} ${DEV_MEM}`,
    opened,
    carveOut,
    header,
    chipItems,
    soc0: readSoc0(files, { images: chipItems !== null && isOlderThanKernel(chipItems.images[0]) }),
    mutexWord: probeMutexWord(reachable, map),
  }
}

function findBoard(files: MachineFiles): [Board | null, SmemError | null] {
  try {
    return [discoverBoard(readProcDeviceTree(files.real(DEVICE_TREE))), null]
  } catch (error) {
    if (error instanceof SmemError) return [null, error]
    throw error
  }
}

function openAndClose(path: string): void {
  closeSync(openSync(path, constants.O_RDONLY | constants.O_SYNC))
}

type Map = NonNullable<MachineOptions['map']>

function probeCarveOut(
  board: Board | null,
  map: Map,
): { carveOut: Outcome | undefined; header: SmemHeader | null } {
  if (board === null) return { carveOut: undefined, header: null }
  let header: SmemHeader | null = null
  const carveOut = outcome(() => {
    const port = map(board.carveOut.base, board.carveOut.size, { writable: false })
    try {
      header = readHeader(port)
    } finally {
      port.close()
    }
  })
  return { carveOut, header }
}

function probeMutexWord(board: Board | null, map: Map): Outcome | undefined {
  const address = board?.hwlock?.address
  if (address === undefined) return undefined
  return outcome(() => map(address, 4, { writable: true }).close())
}

function outcome(call: () => void): Outcome {
  try {
    call()
    return null
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return { code, message }
  }
}

/** `crw-r-----`; only character devices and files can be meant. */
function modeText(stats: Stats): string {
  const bits = [...'rwxrwxrwx'].map((letter, index) =>
    stats.mode & (1 << (8 - index)) ? letter : '-',
  )
  return (stats.isCharacterDevice() ? 'c' : '-') + bits.join('')
}
