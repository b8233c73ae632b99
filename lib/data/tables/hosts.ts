// SPDX-License-Identifier: MIT
// Generated from hosts.json by scripts/tables.js: edit that, then run `npm run tables`.
// Source: EDK2 SmemType.h and include/soc/qcom/smem.h of msm kernel 4.4; aliases are the names of
// the same processors in Linux remoteproc drivers and device trees.

/**
 * Host ids: the processors of a SoC.
 * @example
 * ```ts
 * import { Host } from 'qcom-smem'
 *
 * console.log(Host.APPS, Host.MODEM) // 0 1
 * ```
 */
export const Host = {
  /** Host 0: the application processor, which runs Linux. */
  APPS: 0,
  /** Host 1: the modem (MPSS). */
  MODEM: 1,
  /** Host 2: the audio DSP (LPASS, a Q6 core). */
  ADSP: 2,
  /** Host 3: the sensor processor (DSPS, later SLPI). */
  SSC: 3,
  /** Host 4: the wireless subsystem (WCNSS: Riva, later Pronto). */
  WCN: 4,
  /** Host 5: the compute DSP (NSP 0); firmware of the modem's Q6 before kernel 4.4. */
  CDSP: 5,
  /** Host 6: the resource and power manager. */
  RPM: 6,
  /** Host 7: the secure world (TrustZone). */
  TZ: 7,
  /** Host 8: the secure processor. */
  SPSS: 8,
  /** Host 9: the hypervisor. */
  HYP: 9,
  /** Host 10: the neural processing unit. */
  NPU: 10,
  /** Host 11: a second host of the secure processor. */
  SPSS_SP: 11,
  /** Host 12: the second compute DSP (CDSP 1). */
  NSP1: 12,
  /** Host 13: the wireless processor subsystem. */
  WPSS: 13,
  /** Host 14: the trust management engine. */
  TME: 14,
  /** Host 15: a virtual machine of the application processor (LA). */
  APPS_VM: 15,
  /** Host 16: an external power manager. */
  EXT_PM: 16,
  /** Host 17: a general purpose DSP. */
  GPDSP0: 17,
  /** Host 18: a second general purpose DSP. */
  GPDSP1: 18,
  /** Host 19: the SoC control processor. */
  SOCCP: 19,
  /** Host 20: by its name: out of band, trusted side. */
  OOB_TEE: 20,
  /** Host 21: by its name: out of band, non-secure side. */
  OOB_NS: 21,
  /** Host 22: no public description. */
  DCP: 22,
  /** Host 23: no public description. */
  WM: 23,
  /** Host 24: no public description. */
  AM: 24,
  /** Host 25: no public description. */
  QECP: 25,
} as const

/**
 * The id of a processor that is known.
 * @see {@link hostName}
 */
export type Host = (typeof Host)[keyof typeof Host]

/** Ids that mean no single processor. */
export const specialHostNames: Readonly<Record<number, string>> = {
  65532: 'multi-host',
  65533: 'command-db',
  65534: 'global',
}

/** Other names of the same processors. */
export const hostAliases: Readonly<Record<string, number>> = {
  mpss: 1,
  mss: 1,
  lpass: 2,
  q6: 2,
  audio: 2,
  dsps: 3,
  slpi: 3,
  sensors: 3,
  sensor: 3,
  wcnss: 4,
  riva: 4,
  pronto: 4,
  cdsp0: 5,
  nsp: 5,
  nsp0: 5,
  'modem-q6-fw': 5,
  trustzone: 7,
  hypervisor: 9,
  cdsp1: 12,
  la: 15,
  gpdsp: 17,
  oobns: 21,
  common: 65534,
}
