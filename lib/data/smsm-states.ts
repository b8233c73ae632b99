// SPDX-License-Identifier: MIT
// The shared state machine's own numbering: which processor owns which entry, which host listens in which
// column, and what the bits of a state word mean. Source: downstream include/soc/qcom/smsm.h and
// arch/arm/mach-msm/smd_private.h; the order in Linux drivers/soc/qcom/smsm.c.

/** Entries of the states and rows of the masks. Each is written by its owner only. */
export const smsmEntries = [
  'apps',
  'modem',
  'q6',
  'wcnss',
  'dsps',
  'q6-dem',
  'power-master-dem',
  'time-master-dem',
] as const

/** Columns of the masks: not SMEM host ids. */
export const smsmHosts = ['apps', 'modem', 'q6', 'wcnss', 'dsps'] as const

/** Entries from here on say other things with their bits, which no public source names. */
export const FIRST_DEM_ENTRY = smsmEntries.indexOf('q6-dem')

/** Bits of a processor's state. 12 and 13 were PWRC_EARLY_EXIT and WFPI in the oldest kernels. */
export const smsmStateBits = {
  0: 'INIT',
  1: 'OSENTERED',
  2: 'SMDWAIT',
  3: 'SMDINIT',
  4: 'RPCWAIT',
  5: 'RPCINIT',
  6: 'RESET',
  7: 'RSA',
  8: 'RUN',
  9: 'PWRC',
  10: 'TIMEWAIT',
  11: 'TIMEINIT',
  12: 'PROC_AWAKE',
  13: 'USB_PLUG_UNPLUG',
  14: 'SLEEP',
  15: 'SLEEPEXIT',
  16: 'OEMSBL_RELEASE',
  17: 'APPS_REBOOT',
  18: 'SYSTEM_POWER_DOWN',
  19: 'SYSTEM_REBOOT',
  20: 'SYSTEM_DOWNLOAD',
  21: 'PWRC_SUSPEND',
  22: 'APPS_SHUTDOWN',
  23: 'SMD_LOOPBACK',
  24: 'RUN_QUIET',
} as const

/** What some bits are as well, where the modem's data goes through its A2 (BAM-DMUX); no item says whether it does. */
export const smsmA2Bits = { 1: 'A2_POWER_CONTROL', 11: 'A2_POWER_CONTROL_ACK' } as const
