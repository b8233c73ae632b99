// SPDX-License-Identifier: MIT
// What can go wrong, told in the codes of the Linux driver. A caller that knows qcom_smem_get() knows
// these; `hint` is the next step for the person who reads the message.

import { constants } from 'node:os'

/**
 * The codes used here; the meaning of each is the mainline driver's (`qcom_smem_get`, `qcom_smem_alloc`). Where the
 * operating system refuses, its own code is passed on, which may be another (EMFILE, EADDRINUSE).
 * @see {@link SmemError}
 */
export type ErrorCode =
  | 'EACCES'
  | 'EBADF'
  | 'EBUSY'
  | 'EEXIST'
  | 'EINVAL'
  | 'EIO'
  | 'EISDIR'
  | 'ENODEV'
  | 'ENOENT'
  | 'ENOMEM'
  | 'ENOSPC'
  | 'ENOTDIR'
  | 'ENXIO'
  | 'EOPNOTSUPP'
  | 'EPERM'
  | 'EROFS'
  | 'ETIMEDOUT'

/**
 * What the failure is about, where the code alone leaves it open: an `input` named by the user, the
 * `native` module, or the `heap` as a whole. ENOENT is an item that is not there, but also a heap
 * without a partition table.
 * @see {@link SmemError}
 */
export type ErrorOrigin = 'input' | 'native' | 'heap'

/**
 * What an error knows beside its code and message.
 * @see {@link SmemError}
 */
export interface ErrorDetails {
  origin?: ErrorOrigin | undefined
  /** System call that failed, where there was one. */
  syscall?: string | undefined
  /** Physical address the failure is about. */
  address?: number | undefined
  /** Item id. */
  item?: number | undefined
  /** Remote host id of the private partition. */
  host?: number | undefined
  /** What the reader can do next, as one sentence. */
  hint?: string | undefined
  cause?: unknown
}

/**
 * The only error class thrown on purpose; anything else that escapes is a bug of this library.
 * @example
 * ```ts
 * import { Smem, SmemError } from 'qcom-smem'
 *
 * using smem = Smem.open({ source: 'fake' })
 * try {
 *   smem.get(300)
 * } catch (error) {
 *   if (!(error instanceof SmemError)) throw error
 *   console.log(error.code, error.item) // ENOENT 300
 *   console.log(error.hint) // `qcom-smem list` shows the items that are
 * }
 * ```
 */
export class SmemError extends Error {
  override readonly name = 'SmemError'
  readonly code: ErrorCode
  /** Negative, as in Node and in the kernel; 0 where this platform has no such number. */
  readonly errno: number
  readonly syscall: string | undefined
  readonly address: number | undefined
  readonly item: number | undefined
  readonly host: number | undefined
  readonly hint: string | undefined
  readonly origin: ErrorOrigin | undefined

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.errno = -((constants.errno as Partial<Record<string, number>>)[code] ?? 0)
    this.syscall = details.syscall
    this.address = details.address
    this.item = details.item
    this.host = details.host
    this.hint = details.hint
    this.origin = details.origin
  }
}

/** A failed system call, from Node or from the native module, as a SmemError that says what was tried. */
export function fromSystemError(
  error: unknown,
  doing: string,
  details: ErrorDetails = {},
): SmemError {
  if (error instanceof SmemError) return error
  const { code, syscall, message } = error as NodeJS.ErrnoException
  return new SmemError(
    (code ?? 'EIO') as ErrorCode,
    `cannot ${doing}: ${(code === undefined ? undefined : described[code]) ?? message}`,
    { syscall, cause: error, ...details },
  )
}

const described: Partial<Record<string, string>> = {
  EACCES: 'permission denied',
  EAGAIN: 'temporarily unavailable',
  EINVAL: 'invalid argument',
  EIO: 'input/output error',
  EISDIR: 'is a directory',
  EMFILE: 'too many open files',
  ENODEV: 'no such device',
  ENOENT: 'no such file or directory',
  ENOLCK: 'no locks available',
  ENOMEM: 'out of memory',
  ENOSPC: 'no space left on device',
  ENOTDIR: 'not a directory',
  ENXIO: 'no such device or address',
  EPERM: 'operation not permitted',
  ESTALE: 'it was removed while it was in use',
}

/** `0x` and at least eight lower-case digits: how addresses are written everywhere, in text and JSON. */
export function hexAddress(address: number | bigint): string {
  return `0x${address.toString(16).padStart(8, '0')}`
}
