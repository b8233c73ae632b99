// SPDX-License-Identifier: MIT
// `fake [PROFILE]`: keeps a fake SoC for other programs, until this one is ended or the command behind `--` has. Its
// memory goes with the last program that has it open; nothing is left of it.

import { fakeOfDump, fakeReport } from '../../inspect/fake.js'
import { unusedDumpOptions } from '../../source/dump-options.js'
import { openSource } from '../../source/open.js'
import { FakeSoc } from '../../testing/fake-soc.js'
import { usage } from '../arguments.js'
import { runCommand } from '../child.js'
import { type Context, jsonText, type Options, type Run, warn } from '../command.js'
import { sourceOfPath } from '../dump-path.js'
import { Exit } from '../exit.js'
import { notUsed } from '../render/source.js'

export const run: Run = async (context, operands, options) => {
  const { profile, command } = parse(context, operands)
  const { source: other } = context.source
  if (other !== undefined) context.say(notUsed(other, 'fake makes a SoC of its own'))
  using soc = make(context, profile, options)
  const report = fakeReport(soc)
  const { source } = report
  // Before anybody is told where it is, and with that whom to end.
  const ended = command.length === 0 ? untilEnded(context) : null
  if (context.json) context.out(jsonText(report))
  if (ended === null) return await runCommand(context, command, { QCOM_SMEM_SOURCE: source })
  if (!context.json) context.out(`${source}\n`)
  context.say(
    `a fake ${soc.profile ?? 'SoC'} until this is ended; elsewhere: qcom-smem --source ${source} list`,
  )
  await ended
  return Exit.OK
}

/** A first operand behind the dashes is a command already. */
function parse({ behindDashes }: Context, operands: readonly string[]) {
  if (behindDashes === operands.length) return { profile: undefined, command: operands }
  const [profile, ...command] = operands
  return { profile, command }
}

/** With the memory of a profile, or of a dump, which the options of dumps describe. */
function make(context: Context, profile: string | undefined, { from }: Options): FakeSoc {
  if (typeof from !== 'string') {
    warn(context, { warnings: unusedDumpOptions(context.source, 'a profile') })
    return FakeSoc.create(profile)
  }
  if (profile !== undefined) {
    throw usage(`both ${profile} and ${from} say what is in it`, `leave out ${profile}, or --from`)
  }
  const source = openSource({ ...context.source, source: sourceOfPath(from) })
  try {
    warn(context, source)
    return fakeOfDump(source)
  } finally {
    source.close()
  }
}

function untilEnded({ onSignal }: Context): Promise<void> {
  return new Promise((resolve) => {
    // Waiting for a signal alone would not keep the program alive.
    const alive = setInterval(() => {}, 2 ** 30)
    const off = (['SIGINT', 'SIGTERM'] as const).map((signal) => onSignal(signal, end))
    function end() {
      clearInterval(alive)
      for (const each of off) each()
      resolve()
    }
  })
}
