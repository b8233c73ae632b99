// SPDX-License-Identifier: MIT
// SMEM host ids: the processors of a SoC. Source: EDK2 SmemType.h, extending the kernel's smem.h.

export const Host = {
  APPS: 0,
  MODEM: 1,
  ADSP: 2,
  SSC: 3,
  WCN: 4,
  CDSP: 5,
  RPM: 6,
  TZ: 7,
  SPSS: 8,
  HYP: 9,
  NPU: 10,
  SPSS_SP: 11,
  NSP1: 12,
  WPSS: 13,
  TME: 14,
  APPS_VM: 15,
  EXT_PM: 16,
  GPDSP0: 17,
  GPDSP1: 18,
  SOCCP: 19,
  OOB_TEE: 20,
  OOB_NS: 21,
  DCP: 22,
  WM: 23,
  AM: 24,
  QECP: 25,
} as const

export type Host = (typeof Host)[keyof typeof Host]

const names = new Map<number, string>(
  Object.entries(Host).map(([name, id]) => [id, name.toLowerCase().replaceAll('_', '-')]),
)
names.set(0xfffc, 'multi-host')
names.set(0xfffd, 'command-db')
names.set(0xfffe, 'global')

/** `modem` for 1; null where the id has no public name. */
export function hostName(id: number): string | null {
  return names.get(id) ?? null
}

/** The id of a host by its name, in any case and with `-` or `_`. */
export function hostByName(name: string): number | null {
  const wanted = name.toLowerCase().replaceAll('_', '-')
  for (const [id, known] of names) if (known === wanted) return id
  return null
}
