// SPDX-License-Identifier: MIT
// The command line as commander sees it, made from the table of commands.

import { Command as CommanderCommand, CommanderError } from 'commander'
import { SmemError } from '../errors.js'
import type { SmemOptions } from '../smem.js'
import { parseAddress, parseHost, parsePlaced, usage } from './arguments.js'
import { type Command, type Context, jsonText, type Options, type TerminalSize } from './command.js'
import { commands } from './commands.js'
import { Exit, exitCode } from './exit.js'
import { ProgressBar } from './render/progress.js'
import { printable, styleFor } from './render/style.js'
import { version } from './version.js'

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
  // Told by hand as well: a line that cannot be parsed still decides how its error is told.
  const json = beforeDashes(args).includes('--json')
  const bar = new ProgressBar(terminal)
  const program = build(terminal, bar, async (command, context, operands, options) => {
    const { run } = await command.load()
    code = (await run(context, operands, options)) ?? Exit.OK
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError && error.code === 'commander.help') {
      terminal.err(program.helpInformation())
      return Exit.USAGE
    }
    bar.clear()
    return tell(asSmemError(error), json, terminal)
  }
}

/** What follows a bare `--` is somebody else's. */
function beforeDashes(args: readonly string[]): readonly string[] {
  const dashes = args.indexOf('--')
  return dashes < 0 ? args : args.slice(0, dashes)
}

type Act = (
  command: Command,
  context: Context,
  operands: string[],
  options: Options,
) => Promise<void>

function build(terminal: Terminal, bar: ProgressBar, act: Act): CommanderCommand {
  const program = new CommanderCommand('qcom-smem')
    .description('Look into SMEM, the memory that all processors of a Qualcomm SoC share.')
    .version(version, '--version', 'print the version')
    .option(
      '--source <source>',
      'live, fake[:PROFILE], file:PATH or dir:PATH (default: $QCOM_SMEM_SOURCE, live)',
    )
    .option('--base <addr>', "physical address of a raw file's first byte; of SMEM in other dumps")
    .option('--aux <addr=path>', 'an auxiliary region of a dump; may be repeated', collect)
    .option('--segment <addr=path>', 'a piece of a split dump; may be repeated', collect)
    .option('--board <soc>', 'the SoC that a dump is from: sdm845; qcom-smem boards lists them')
    .option('--decoder <file>', 'a module with decoders of your own; may be repeated', collect)
    .option('--dtb <file>', 'device tree of the board that a dump is from')
    .option('--local-host <host>', 'whose partitions are seen, in a dump (default: apps)')
    .option('--json', 'print JSON')
    .option('-v, --verbose', 'print each access to the memory, on stderr')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: () => {} })
    .exitOverride()
  for (const command of commands) {
    const sub = program.command(command.usage).description(command.summary)
    if (command.alias !== undefined) sub.alias(command.alias)
    for (const { flags, summary } of command.options ?? []) sub.option(flags, summary)
    sub.action(async (...parsed) => {
      const self = parsed.pop() as CommanderCommand
      const options = parsed.pop() as Options
      const operands = (parsed as (string | string[] | undefined)[]).flat()
      const given = operands.filter((operand) => operand !== undefined)
      await act(command, await contextOf(self.optsWithGlobals(), terminal, bar), given, options)
    })
  }
  return program
}

function collect(value: string, values: string[] = []): string[] {
  return [...values, value]
}

async function contextOf(
  options: GlobalOptions,
  terminal: Terminal,
  bar: ProgressBar,
): Promise<Context> {
  const { json = false, decoder = [] } = options
  const source = sourceOptions(options, terminal, bar)
  return {
    source: decoder.length === 0 ? source : { ...source, decoders: await loadDecoders(decoder) },
    json,
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

function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`
}

/** An unknown option is the user's to mend; anything that nobody threw on purpose is our bug. */
function asSmemError(error: unknown): SmemError | Error | null {
  if (!(error instanceof CommanderError)) return error as Error
  if (error.exitCode === 0) return null
  const message = error.message.replace(/^error: /, '').replace(/\s+/g, ' ')
  return usage(message, 'qcom-smem --help shows what there is')
}

function tell(error: SmemError | Error | null, json: boolean, terminal: Terminal): number {
  if (error === null) return Exit.OK
  if (!(error instanceof SmemError)) {
    terminal.err(`qcom-smem: a bug of qcom-smem, please report it: ${error.stack ?? error}\n`)
    return Exit.BUG
  }
  const { code, message, hint, item, host } = error
  if (json) {
    const schema = 'qcom-smem/error@1'
    terminal.err(
      jsonText({
        schema,
        code,
        message,
        hint: hint ?? null,
        item: item ?? null,
        host: host ?? null,
      }),
    )
  } else {
    const advice = hint === undefined ? '' : ` Hint: ${sentence(hint)}`
    terminal.err(`${printable(`qcom-smem: ${code}: ${sentence(message)}${advice}`)}\n`)
  }
  return exitCode(error)
}
