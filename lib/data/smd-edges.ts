// SPDX-License-Identifier: MIT
// The pairs of processors between which SMD runs channels. The first of a pair sends through the first side of a
// channel and the first half of its FIFO. Source: downstream include/soc/qcom/smd.h.

const edges: Readonly<Partial<Record<number, readonly [string, string]>>> = {
  0: ['apps', 'modem'],
  1: ['apps', 'qdsp'],
  2: ['modem', 'qdsp'],
  3: ['apps', 'dsps'],
  4: ['modem', 'dsps'],
  5: ['qdsp', 'dsps'],
  6: ['apps', 'wcnss'],
  7: ['modem', 'wcnss'],
  8: ['qdsp', 'wcnss'],
  9: ['dsps', 'wcnss'],
  10: ['apps', 'q6fw'],
  11: ['modem', 'q6fw'],
  12: ['qdsp', 'q6fw'],
  13: ['dsps', 'q6fw'],
  14: ['wcnss', 'q6fw'],
  15: ['apps', 'rpm'],
  16: ['modem', 'rpm'],
  17: ['qdsp', 'rpm'],
  18: ['wcnss', 'rpm'],
  19: ['tz', 'rpm'],
  100: ['loopback', 'loopback'],
}

/** The two processors of an edge; null where no public source names it. */
export function smdEdgeEnds(edge: number): readonly [string, string] | null {
  return edges[edge] ?? null
}

/** `apps-modem` for 0; null where no public source names it. */
export function smdEdgeName(edge: number): string | null {
  return smdEdgeEnds(edge)?.join('-') ?? null
}
