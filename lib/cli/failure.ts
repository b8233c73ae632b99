// SPDX-License-Identifier: MIT
// How a command line that failed is told: one line for people, one object with --json, and the exit code.

import { CommanderError } from 'commander'
import { SmemError } from '../errors.js'
import { beforeDashes, usage } from './arguments.js'
import { jsonText } from './command.js'
import { commands } from './commands.js'
import { Exit, exitCode } from './exit.js'
import { globalOptions } from './global-options.js'
import type { Terminal } from './program.js'
import { printable } from './render/style.js'

/** Where the user finds what to write instead. */
export const HELP = 'qcom-smem --help shows what there is'

/** Says what went wrong with the line `args`. @returns the exit code */
export function tell(thrown: unknown, args: readonly string[], terminal: Terminal): number {
  const error = thrown instanceof CommanderError ? refusal(thrown, beforeDashes(args)) : thrown
  if (error === null) return Exit.OK
  // Looked for by hand: a line that cannot be parsed still decides how its error is told.
  const json = beforeDashes(args).includes('--json')
  if (!(error instanceof SmemError)) {
    terminal.err(json ? asJson(ownBug(error)) : asTrace(error))
    return Exit.BUG
  }
  terminal.err(json ? asJson(error) : asLine(error))
  return exitCode(error)
}

function asTrace(error: unknown): string {
  const trace = error instanceof Error ? error.stack : error
  return `qcom-smem: a bug of qcom-smem, please report it: ${trace}\n`
}

/** For programs. EIO, as for whatever else must hold and does not; the exit code tells them apart. */
function ownBug(error: unknown): SmemError {
  return new SmemError('EIO', `a bug of qcom-smem: ${error}`, {
    hint: 'please report it, with the command line, `qcom-smem --version`, and what it prints without --json',
  })
}

/** What commander says of a line, and where to read on; null where it only ended the program. */
function refusal({ message, exitCode }: CommanderError, args: readonly string[]): SmemError | null {
  if (exitCode === 0) return null
  const command = commandIn(args)
  return usage(
    message
      .replace(/^error: /, '')
      .replace(/^(option .*) argument missing$/, '$1 lacks its value')
      .replace(/\s+/g, ' '),
    command === undefined ? HELP : `qcom-smem ${command} --help has examples`,
  )
}

/** The word that names a command; `--source fake` has one that does not. */
function commandIn(args: readonly string[]): string | undefined {
  const names = commands.flatMap(({ usage, alias }) => [usage.split(' ')[0], alias])
  return args.find((arg, i) => names.includes(arg) && !takesValue(args[i - 1]))
}

function takesValue(option: string | undefined): boolean {
  return globalOptions.some(({ flags }) => flags.startsWith(`${option} <`))
}

function asJson({ code, message, hint, item, host }: SmemError): string {
  return jsonText({
    schema: 'qcom-smem/error@1',
    code,
    message,
    hint: hint ?? null,
    item: item ?? null,
    host: host ?? null,
  })
}

function asLine({ code, message, hint }: SmemError): string {
  const advice = hint === undefined ? '' : ` Hint: ${sentence(hint)}`
  return `${printable(`qcom-smem: ${code}: ${sentence(message)}${advice}`)}\n`
}

function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`
}
