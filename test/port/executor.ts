// SPDX-License-Identifier: MIT
// Executes a plan over a port, as native/commit.cc does under the lock: guards first, all of them, then the steps in
// order. Over a recording port it shows what a plan does to the memory.

import type { Plan } from '#lib/port/plan.js'
import type { MemoryPort } from '#lib/port/port.js'

/** Whether the guards held; where they did not, nothing was stored. */
export function execute({ guards, steps }: Plan, port: MemoryPort): boolean {
  if (!guards.every(({ offset, expected }) => port.read32(offset) === expected)) return false
  for (const step of steps) {
    if (step.op === 'fence') port.fence(step.kind)
    else if (step.op === 'store') port.write32(step.offset, step.value)
    else for (let i = 0; i < step.words; i++) port.write32(step.offset + i * 4, 0)
  }
  return true
}
