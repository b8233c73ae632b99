// SPDX-License-Identifier: MIT
// A kernel in lockdown, as Secure Boot distributions start it, opens /dev/mem for nobody.

import { LOCKDOWN } from '../../board/kernel.js'
import { ok, problem, unknown, type Verdict } from './finding.js'
import type { Machine } from './machine.js'

export function lockdown({ kernel, devMem, opened }: Machine): Verdict {
  const { lockdown: mode, config, parameters } = kernel
  const parameter = parameters.find((word) => word.startsWith('lockdown='))
  const cause = parameter === undefined ? [] : [`/proc/cmdline: ${parameter}`]
  if (mode === 'none') return ok('the kernel is not in lockdown', [`${LOCKDOWN}: none`])
  if (mode !== null) {
    return problem(
      `the kernel is in lockdown (${mode}), which closes /dev/mem for everybody`,
      [`${LOCKDOWN}: ${mode}`, ...cause],
      parameter === undefined
        ? 'switch Secure Boot off in the firmware, or read a dump with --source file:PATH'
        : `boot without ${parameter}, or read a dump with --source file:PATH`,
    )
  }
  if (config.value('SECURITY_LOCKDOWN_LSM') === 'n') {
    return ok('the kernel knows no lockdown', [config.line('SECURITY_LOCKDOWN_LSM')])
  }
  const missing = `${LOCKDOWN}: cannot be read`
  if (devMem !== null && opened === null) {
    return ok('the kernel is not in lockdown: /dev/mem opens', [missing])
  }
  return unknown('whether the kernel is in lockdown is not told', [missing, ...cause])
}
