// SPDX-License-Identifier: MIT
// `lock`: who has the mutex, and what local programs have to do with it. `lock release`: sees to what a dead program
// of this machine left; what others hold is released on express demand only.

import { type LockReport, lockReport } from '../../inspect/lock.js'
import { type ReleaseReport, releaseReport } from '../../inspect/release.js'
import { ownerLabel } from '../../lock/owner-id.js'
import { openSource } from '../../source/open.js'
import { parseHost, usage } from '../arguments.js'
import { type Context, type Options, type Run, report } from '../command.js'
import { parsePolicy } from '../policy.js'
import { facts } from '../render/columns.js'
import { lockFacts } from '../render/lock.js'
import { recoveredText } from '../render/recovered.js'

export const run: Run = (context, [action], options) => {
  if (action === undefined) return look(context, options)
  if (action === 'release') return release(context, options)
  throw usage(`there is no "lock ${action}"`, 'there are lock and lock release')
}

function look(context: Context, options: Options): undefined {
  for (const name of ['discard', 'bust', 'ours']) {
    if (options[name] !== undefined) {
      throw usage(`--${name} goes with lock release`, 'qcom-smem lock only looks')
    }
  }
  const { lockFile } = parsePolicy(options)
  const source = openSource({ ...context.source, lockFile })
  try {
    const seen = lockReport(source)
    report(context, seen, () => facts(lockFacts(seen), context.style))
    advise(context, seen)
  } finally {
    source.close()
  }
}

function advise({ say }: Context, { intent }: LockReport): void {
  if (intent === null || intent.alive) return
  say(
    'The next allocation finishes what the dead process began, and so does qcom-smem lock release.',
  )
}

function release(context: Context, options: Options): undefined {
  const { bust, discard = false, ours = false } = options
  if (bust !== undefined && (discard === true || ours === true)) {
    throw usage(
      '--bust goes with no other way to release',
      'the mutex of another processor: --bust HOST, and neither --discard nor --ours',
    )
  }
  const { ownerId, lockTimeout, lockFile } = parsePolicy(options)
  const source = openSource({ ...context.source, lockFile, writable: true })
  try {
    const done = releaseReport(source, {
      ownerId,
      timeout: lockTimeout,
      discard: discard === true,
      ours: ours === true,
      bust: typeof bust === 'string' ? parseHost(bust) : null,
    })
    report(context, done, () => `${sentences(done).join('\n')}\n`)
    if (done.recovered === 'torn' || done.released !== null) {
      context.say('The heap may be left half-written: qcom-smem verify')
    }
  } finally {
    source.close()
  }
}

function sentences({ recovered, pid, released, owner }: ReleaseReport): string[] {
  const who = pid === null ? 'a process' : `process ${pid}`
  const done = [
    recovered === null ? null : `${who} had died: ${recoveredText[recovered]}`,
    released === null ? null : `released the mutex, which ${ownerLabel(released)} had`,
  ].filter((sentence) => sentence !== null)
  if (done.length > 0) return done
  const state = owner === 0 ? 'the mutex is free' : `${ownerLabel(owner!)} has the mutex`
  return [`nothing to release: no program of this machine has left anything, and ${state}`]
}
