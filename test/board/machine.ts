// SPDX-License-Identifier: MIT
// The emulated machine: QEMU's arm64 `virt` board, whose RAM is a file that the host sees too. Ranges of
// that RAM, hidden from the kernel by `no-map`, stand in for what a Qualcomm SoC has.

/** Bytes at a physical address. */
export interface Range {
  readonly base: number
  readonly size: number
}

/** All RAM; QEMU's `virt` fixes where it starts. */
export const RAM: Range = { base: 0x40000000, size: 0x50000000 }

/** The SMEM carve-out, where a SDM845 has it. One boot has a larger one: there is room above. */
export const CARVE_OUT: Range = { base: 0x86000000, size: 0x200000 }

/** Message RAM of the power manager: the auxiliary region. */
export const MESSAGE_RAM: Range = { base: 0x85200000, size: 0x6000 }

/**
 * The mutex registers. Plain RAM keeps whatever is written; they are a mutex only in the boots that have
 * the emulator's plugin for it, `plugin/tcsr.c`.
 */
export const MUTEX_BANK: Range = { base: 0x85000000, size: 0x40000 }
export const LOCK_INDEX = 3
export const LOCK_STRIDE = 0x1000

/** Where a remote processor, played by the host, leaves its writes to the registers for the plugin. */
export const MAILBOX: Range = { base: 0x85180000, size: 0x14 }

/** The registers that interrupt the remote processors. */
export const IPC_REGISTERS: Range = { base: 0x85100000, size: 0x1000 }

/** Registers of a Hexagon core and of what switches it on, and the memory that its firmware is loaded into. */
export const HEXAGON: Range = { base: 0x85110000, size: 0x4000 }
export const HEXAGON_POWER: Range = { base: 0x85120000, size: 0x1000 }
export const HEXAGON_BUS: Range = { base: 0x85130000, size: 0x1000 }
export const HEXAGON_RESETS: Range = { base: 0x85140000, size: 0x1000 }
export const FIRMWARE: Range = { base: 0x84f00000, size: 0x10000 }

/**
 * The machine without memory backend and kernel. One processor is the cheapest to emulate, but a machine
 * that could not have a second one raises no alignment fault on Device memory in this QEMU, and would prove
 * nothing about word access. A kernel that waits for the mutex does so with interrupts off, and needs a
 * second processor on which the time goes on.
 */
export function machine(processors: 1 | 2): string[] {
  const memory = `${RAM.size / 0x100000}M`
  return ['-cpu', 'cortex-a57', '-smp', `cpus=${processors},maxcpus=2`, '-m', memory]
}

export function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`
}
