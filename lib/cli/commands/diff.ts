// SPDX-License-Identifier: MIT
// `diff A B`: what differs between two SMEMs, of which each is a source or just the path of a dump.

import { SmemError } from '../../errors.js'
import { diffReport } from '../../inspect/diff.js'
import { Smem } from '../../smem.js'
import { type Context, type Run, report } from '../command.js'
import { sourceOfPath } from '../dump-path.js'
import { Exit } from '../exit.js'
import { diffText } from '../render/diff.js'

export const run: Run = (context, [a, b]) => {
  using before = open(context, 'A', a!)
  using after = open(context, 'B', b!)
  const found = diffReport(before, after, context.source)
  report(context, found, () => diffText(found, context.style))
  if (found.same) context.say('no difference')
  return found.same ? Exit.OK : Exit.FINDINGS
}

function open(context: Context, which: string, name: string): Smem {
  const source = sourceOf(name)
  try {
    const smem = Smem.open({ ...context.source, source })
    for (const warning of smem.source.warnings) context.say(`warning: ${which}: ${warning}`)
    return smem
  } catch (error) {
    if (!(error instanceof SmemError)) throw error
    const { code, message, syscall, address, item, host, hint, origin } = error
    const details = { syscall, address, item, host, hint, origin, cause: error }
    throw new SmemError(code, `${which}, ${source}: ${message}`, details)
  }
}

/** As --source has it; anything else is a path. `./live` is a file of that name. */
function sourceOf(name: string): string {
  return /^(live|fake|file|dir)(:|$)/.test(name) ? name : sourceOfPath(name)
}
