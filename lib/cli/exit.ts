// SPDX-License-Identifier: MIT
// Exit codes, a contract: scripts branch on them.

import type { ErrorCode, SmemError } from '../errors.js'

export const Exit = {
  OK: 0,
  /** Findings or differences; also a request that was refused. */
  FINDINGS: 1,
  USAGE: 2,
  NOT_THERE: 3,
  NOT_PERMITTED: 4,
  NO_SMEM: 5,
  CORRUPT: 6,
  LOCK_TIMEOUT: 7,
  NO_NATIVE: 8,
  BUG: 9,
} as const

const byCode: Partial<Record<ErrorCode, number>> = {
  ENXIO: Exit.NOT_THERE,
  ENOENT: Exit.NOT_THERE,
  EACCES: Exit.NOT_PERMITTED,
  EPERM: Exit.NOT_PERMITTED,
  EROFS: Exit.NOT_PERMITTED,
  ENODEV: Exit.NO_SMEM,
  ETIMEDOUT: Exit.LOCK_TIMEOUT,
}

const permission = new Set<ErrorCode>(['EACCES', 'EPERM'])

export function exitCode({ code, origin }: SmemError): number {
  if (origin === 'native') return Exit.NO_NATIVE
  if (origin === 'input' && !permission.has(code)) return Exit.USAGE
  if (origin === 'heap' && code !== 'ENODEV') return Exit.CORRUPT
  return byCode[code] ?? Exit.FINDINGS
}
