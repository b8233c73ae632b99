// SPDX-License-Identifier: MIT
// Makes every word that is read from another port a guard of a plan: what was concluded from them can then be
// confirmed under the lock, by a plan that stores nothing.

import type { Plan } from './plan.js'
import type { MemoryPort } from './port.js'
import { wrapper } from './wrapper.js'

export function witnessing(port: MemoryPort, plan: Plan): MemoryPort {
  return wrapper(port, {
    read32(offset) {
      const value = port.read32(offset)
      plan.guard(offset, value)
      return value
    },
    readWords(offset, into) {
      port.readWords(offset, into)
      into.forEach((value, i) => {
        plan.guard(offset + i * 4, value)
      })
    },
  })
}
