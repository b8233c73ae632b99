// SPDX-License-Identifier: MIT
// What a check of `doctor` says: one fact about this machine, with what it was read from.

/** `unknown` where a check could not look, because something else stands in the way. */
export type Status = 'ok' | 'warning' | 'problem' | 'unknown'

export interface Finding {
  /** Name of the check, stable. */
  readonly check: string
  readonly status: Status
  /** One line for a person. */
  readonly title: string
  /** Paths with what is in them, errors in the words of the system. */
  readonly evidence: readonly string[]
  /** What to do about it; null where there is nothing to do. */
  readonly remedy: string | null
}

/** What a check makes of the facts. It reads no file and opens nothing. */
export type Verdict = Omit<Finding, 'check'>

export function ok(title: string, evidence: readonly string[]): Verdict {
  return { status: 'ok', title, evidence, remedy: null }
}

export function warning(title: string, evidence: readonly string[], remedy: string): Verdict {
  return { status: 'warning', title, evidence, remedy }
}

export function problem(title: string, evidence: readonly string[], remedy: string): Verdict {
  return { status: 'problem', title, evidence, remedy }
}

export function unknown(title: string, evidence: readonly string[] = []): Verdict {
  return { status: 'unknown', title, evidence, remedy: null }
}
