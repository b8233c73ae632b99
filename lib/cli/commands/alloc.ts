// SPDX-License-Identifier: MIT
// `alloc ITEM SIZE`: an item that stays until the next boot, so first only the plan, word by word; `--write` carries
// it out.

import { hostName } from '../../data/hosts.js'
import { allocReport } from '../../inspect/alloc.js'
import { type CommitReport, type PlanReport, planReport } from '../../inspect/plan.js'
import { openHeap } from '../../smem.js'
import { openSource } from '../../source/open.js'
import { parseHost, parseItem, parseSize } from '../arguments.js'
import { type Context, type Run, report, warn } from '../command.js'
import { Exit } from '../exit.js'
import { parsePolicy } from '../policy.js'
import { facts } from '../render/columns.js'
import { planTable } from '../render/plan.js'
import { recoveredText } from '../render/recovered.js'
import { isPassing } from '../render/source.js'
import { duration } from '../render/time.js'

export const run: Run = (context, [name, size], options) => {
  const { host, write = false } = options
  const request = {
    id: parseItem(name!),
    size: parseSize(size!),
    host: typeof host === 'string' ? parseHost(host) : undefined,
    cached: options.cached === true,
    zero: options.zero === true,
    force: options.force === true,
    existing: options.existing === true,
  }
  const { ownerId, lockTimeout, lockFile } = parsePolicy(options)
  const opening = { ...context.source, lockFile, writable: write === true }
  const source = openSource(opening)
  try {
    warn(context, source)
    if (write !== true) {
      const planned = planReport(openHeap(source, opening), request)
      report(context, planned, () => plannedText(planned, context))
      if (!planned.existing) context.say('Nothing was written; --write carries this out.')
      return Exit.OK
    }
    const policy = { ownerId, timeout: lockTimeout, trace: context.source.trace }
    const { report: done, findings } = allocReport(source, opening, request, policy)
    report(context, done, () => doneText(done, context))
    if (done.written && isPassing(source.name)) {
      context.say('This fake SoC ends with this command, and the item with it.')
    }
    for (const { check, message } of findings) context.say(`now wrong: ${check}: ${message}`)
    return findings.length === 0 ? Exit.OK : Exit.FINDINGS
  } finally {
    source.close()
  }
}

function plannedText(planned: PlanReport, { style }: Context): string {
  if (planned.existing) return `${title(planned)}: there already, nothing to do\n`
  return `${style.bold(title(planned))}\n${planTable(planned, style)}`
}

function doneText(done: PlanReport, { style }: Context): string {
  if (done.commit === null) return `${title(done)}: there already, nothing was done\n`
  return `${style.bold(`${title(done)}: allocated and read back`)}\n${facts(lines(done.commit), style)}`
}

function lines({ hold, recovered, recoveredPid }: CommitReport): [string, string][] {
  const held: [string, string] = ['mutex held', duration(hold)]
  if (recovered === null) return [held]
  const who = recoveredPid === null ? 'a process' : `process ${recoveredPid}`
  return [held, ['recovered', `${who}, which had died: ${recoveredText[recovered]}`]]
}

/** `SMEM_X (300): 4096 bytes at 0x86..., global partition`. */
function title({ item }: PlanReport): string {
  const { id, name, size, address, heap, cached, host } = item
  const named = name === null ? `item ${id}` : `${name} (${id})`
  const side = cached === true ? ', cached' : ''
  return `${named}: ${size} bytes at ${address}, ${heapName(heap, host)}${side}`
}

function heapName(heap: 'toc' | 'partition', host: number | null): string {
  if (heap === 'toc') return 'global heap'
  return host === null ? 'global partition' : `partition of ${hostName(host) ?? `host ${host}`}`
}
