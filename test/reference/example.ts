// SPDX-License-Identifier: MIT
// An example of the reference, as a program: what it prints stands behind each `console.log`, or in comment lines below
// it; three dots stand for anything.

export interface Example {
  /** `Smem.get`, or `Smem.get 2` for a second one. */
  readonly name: string
  readonly code: string
}

/** The lines that an example says it prints. */
export function promised(code: string): string[] {
  const lines: string[] = []
  let below = false
  for (const line of code.split('\n')) {
    const [, behind] = /console\.log\(.*\) \/\/ (.*)$/.exec(line) ?? []
    const [, alone] = /^\s*\/\/ (.*)$/.exec(line) ?? []
    if (behind !== undefined) lines.push(behind)
    else if (alone !== undefined && below) lines.push(alone)
    // What a loop prints stands below its end.
    const stays: boolean = below && (alone !== undefined || line.trim() === '}')
    below = stays || line.includes('console.log(')
  }
  return lines
}
