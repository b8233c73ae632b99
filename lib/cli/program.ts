// SPDX-License-Identifier: MIT
// The command line as commander sees it, made from the table of commands.

import { Command as CommanderCommand, CommanderError } from 'commander'
import type { SmemOptions } from '../smem.js'
import {
  beforeDashes,
  countBehindDashes,
  parseAddress,
  parseHost,
  parsePlaced,
  usage,
} from './arguments.js'
import type { Command, CommandOption, Context, Options, TerminalSize } from './command.js'
import { commands } from './commands.js'
import { Exit } from './exit.js'
import { HELP, tell } from './failure.js'
import { globalOptions } from './global-options.js'
import { ProgressBar } from './render/progress.js'
import { printable, styleFor } from './render/style.js'
import { version, versionLine } from './version.js'

/** Where a program writes; the process's own streams, or a test's. */
export interface Terminal {
  readonly isTerminal: boolean
  /** Whether a person reads what `err` writes. */
  readonly isErrorTerminal: boolean
  readonly env: NodeJS.ProcessEnv
  out(data: string | Uint8Array): void
  err(text: string): void
  /** What a command that lasts needs; without it, `out` is no terminal to draw on. */
  readonly session?: Session
}

/** The terminal as it is now, and the signals of its keys. */
export type Session = Pick<Context, 'onSignal' | 'suspend'> & { size(): TerminalSize }

interface GlobalOptions {
  readonly source?: string
  readonly base?: string
  readonly aux?: string[]
  readonly segment?: string[]
  readonly board?: string
  readonly dtb?: string
  readonly decoder?: string[]
  readonly localHost?: string
  readonly json?: boolean
  readonly verbose?: boolean
}

/**
 * Runs one command line.
 * @param args what follows the program's name
 * @returns the exit code
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = Exit.OK
  const bar = new ProgressBar(terminal)
  const behindDashes = countBehindDashes(args)
  const program = build(terminal, async (command, given, operands, options) => {
    const context = await contextOf(given, { terminal, bar, behindDashes })
    const { run } = await command.load()
    code = (await run(context, operands, options)) ?? Exit.OK
  })
  try {
    if (asksForHelp(args)) await explain(program, args)
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (isNothing(error)) {
      terminal.err(program.helpInformation())
      return Exit.USAGE
    }
    bar.clear()
    return tell(error, args, terminal)
  }
}

function asksForHelp(args: readonly string[]): boolean {
  return beforeDashes(args).some((arg) => ['-h', '--help', 'help'].includes(arg))
}

/** Loaded when it is asked for: there is more to say than most runs need. */
async function explain(program: CommanderCommand, [first, second]: readonly string[]) {
  const topic = first === 'help' ? second : first
  // Of what it does not know, commander would explain all the rest.
  const names = program.commands.flatMap((command) => [command.name(), ...command.aliases()])
  if (topic !== undefined && !topic.startsWith('-') && !names.includes(topic)) {
    throw usage(`unknown command '${topic}'`, HELP)
  }
  const { explain } = await import('./manual/help.js')
  explain(program)
}

/** No command was named. */
function isNothing(error: unknown): boolean {
  return error instanceof CommanderError && error.code === 'commander.help' && error.exitCode !== 0
}

type Act = (
  command: Command,
  given: GlobalOptions,
  operands: string[],
  options: Options,
) => Promise<void>

function build(terminal: Terminal, act: Act): CommanderCommand {
  const program = new CommanderCommand('qcom-smem')
    .description('Look into SMEM, the memory that all processors of a Qualcomm SoC share.')
    .option('--version', 'print the version')
    .on('option:version', () => {
      terminal.out(`${versionLine()}\n`)
      throw new CommanderError(Exit.OK, 'commander.version', version)
    })
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'what a command does, with examples')
    .configureHelp({ showGlobalOptions: true, subcommandTerm })
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: () => {} })
    .exitOverride()
  for (const option of globalOptions) addOption(program, option)
  for (const command of commands) {
    const sub = program.command(command.usage).description(command.summary)
    if (command.alias !== undefined) sub.alias(command.alias)
    for (const option of command.options ?? []) addOption(sub, option)
    sub.action(async (...parsed) => {
      const self = parsed.pop() as CommanderCommand
      const options = parsed.pop() as Options
      const operands = (parsed as (string | string[] | undefined)[]).flat()
      const given = operands.filter((operand) => operand !== undefined)
      await act(command, self.optsWithGlobals(), given, options)
    })
  }
  return program
}

/** `list, ls` or `show <item>`: that nearly all take options goes without saying. */
function subcommandTerm(command: CommanderCommand): string {
  const operands = command.usage().replace('[options]', '').trim()
  return `${[command.name(), ...command.aliases()].join(', ')} ${operands}`.trimEnd()
}

function addOption(to: CommanderCommand, { flags, summary, repeats }: CommandOption): void {
  if (repeats === true) to.option(flags, `${summary}; may be repeated`, collect)
  else to.option(flags, summary)
}

function collect(value: string, values: string[] = []): string[] {
  return [...values, value]
}

/** What a command gets beside its line. */
interface Surroundings extends Pick<Context, 'behindDashes'> {
  readonly terminal: Terminal
  readonly bar: ProgressBar
}

async function contextOf(
  options: GlobalOptions,
  { terminal, bar, behindDashes }: Surroundings,
): Promise<Context> {
  const { json = false, decoder = [] } = options
  const source = sourceOptions(options, terminal, bar)
  return {
    source: decoder.length === 0 ? source : { ...source, decoders: await loadDecoders(decoder) },
    json,
    behindDashes,
    get style() {
      return styleFor(terminal.isTerminal, terminal.env)
    },
    out: (data) => terminal.out(data),
    say: (line) => {
      if (!json) terminal.err(`${printable(line)}\n`)
    },
    size: () => {
      const drawable = terminal.isTerminal && terminal.env.TERM !== 'dumb'
      return drawable ? (terminal.session?.size() ?? null) : null
    },
    onSignal: (signal, act) => terminal.session?.onSignal(signal, act) ?? (() => {}),
    suspend: () => terminal.session?.suspend(),
  }
}

function sourceOptions(options: GlobalOptions, terminal: Terminal, bar: ProgressBar): SmemOptions {
  const { source, base, aux, segment, board, dtb, localHost, verbose, json } = options
  return {
    source,
    dtb,
    base: base === undefined ? undefined : parseAddress(base, '--base'),
    aux: aux?.map((text) => parsePlaced(text, '--aux')),
    segments: segment?.map((text) => parsePlaced(text, '--segment')),
    soc: board,
    localHost: localHost === undefined ? undefined : parseHost(localHost),
    progress: json === true ? undefined : (...state) => bar.update(...state),
    trace: verbose === true ? (text) => terminal.err(text) : undefined,
  }
}

/** Loaded when asked for: decoders of the user's are rare. */
async function loadDecoders(paths: readonly string[]) {
  const { decodersFrom } = await import('./decoders.js')
  return (await Promise.all(paths.map(decodersFrom))).flat()
}
