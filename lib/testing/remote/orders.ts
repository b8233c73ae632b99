// SPDX-License-Identifier: MIT
// What a remote processor can be told, and how that and its answers travel between the two processes.

import { type ErrorCode, type ErrorDetails, SmemError } from '../../errors.js'
import type { Garbage, GarbageWord } from './garbage.js'
import type { RemoteItem, RemoteLookup, RemoteRequest } from './request.js'
import type { RemoteReport, Rhythm } from './rhythm.js'

/** An answer may take its time: orders that come meanwhile are obeyed all the same. */
export interface Orders {
  attach(path: string): void
  lock(timeout?: number): Promise<void>
  unlock(): boolean
  alloc(request: RemoteRequest, ignoreLock: boolean): Promise<RemoteItem>
  find(lookup: RemoteLookup): Promise<RemoteItem>
  writeGarbage(garbage: Garbage): GarbageWord[]
  /** Answered after the first turn. */
  run(rhythm: Rhythm): Promise<void>
  stop(): void
  /** Answered when it has run. */
  report(): Promise<RemoteReport>
  /** Not answered but by death, unless the lock cannot be had. */
  die(holding: boolean): Promise<void>
}

export type OrderName = keyof Orders

export interface OrderMessage {
  /** Repeated in the answer. */
  readonly number: number
  readonly name: OrderName
  readonly words: readonly unknown[]
}

export interface AnswerMessage {
  readonly number: number
  readonly value?: unknown
  readonly failure?: Failure
}

interface Failure extends ErrorDetails {
  readonly code: ErrorCode
  readonly message: string
}

/** What is left of an error on its way to another process. */
export function failureOf(error: unknown): Failure {
  const { code = 'EIO', message, item, host, address, hint } = error as SmemError
  return { code, message, item, host, address, hint }
}

export function errorOf({ code, message, ...details }: Failure): SmemError {
  return new SmemError(code, message, details)
}
