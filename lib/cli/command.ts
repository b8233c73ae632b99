// SPDX-License-Identifier: MIT
// What a command is. The table of them (commands.ts) makes the program; its file in commands/ only says what to do.

import type { SmemOptions } from '../smem.js'
import type { Source } from '../source/source.js'
import type { Style } from './render/style.js'

export interface Context {
  /** Options that choose the source; every command that opens one passes them on. */
  readonly source: SmemOptions
  readonly json: boolean
  /** How many of the operands stand behind a bare `--`. */
  readonly behindDashes: number
  /** How to write for the terminal, or for no terminal. */
  readonly style: Style
  /** Data, to stdout. */
  out(data: string | Uint8Array): void
  /** Talk, one line to stderr; left out with --json, where only errors are told. */
  say(line: string): void
  /** Of the terminal that data goes to; null where it goes elsewhere, or to one that can only print. */
  size(): TerminalSize | null
  /** Calls `act` at each of these signals, which else end the program; until what it returns is called. */
  onSignal(signal: NodeJS.Signals, act: () => void): () => void
  /** Stops the program, as Ctrl-Z does, until somebody lets it go on. */
  suspend(): void
}

export interface TerminalSize {
  readonly columns: number
  readonly rows: number
}

export interface CommandOption {
  /** As commander writes it: `--host <host>`. The word in brackets says what it takes: manual/values.ts. */
  readonly flags: string
  readonly summary: string
  /** May be given more than once. */
  readonly repeats?: true
}

/** As commander names them: `--lock-file` is `lockFile`. */
export type Options = Readonly<Record<string, string | boolean | undefined>>

/** What a command does. @returns the exit code, 0 unless given */
export type Run = (
  context: Context,
  args: readonly string[],
  options: Options,
) => number | undefined | Promise<number | undefined>

export interface Command {
  /** With its arguments, as commander writes them: `show <item>`. */
  readonly usage: string
  readonly alias?: string
  readonly summary: string
  readonly options?: readonly CommandOption[]
  /** The file in commands/ that does it. */
  load(): Promise<{ readonly run: Run }>
}

/** Tells what a source warns of. */
export function warn({ say }: Context, { warnings }: Pick<Source, 'warnings'>): void {
  for (const warning of warnings) say(`warning: ${warning}`)
}

/** Writes a report, as JSON if asked. */
export function report(
  { json, out }: Context,
  value: { readonly schema: string },
  render: () => string,
): void {
  out(json ? jsonText(value) : render())
}

/** JSON with the control characters escaped that JSON itself leaves alone: a terminal obeys them too. */
export function jsonText(value: unknown): string {
  return harmless(JSON.stringify(value, null, 2))
}

/** The same on one line, for one of many. */
export function jsonLine(value: unknown): string {
  return harmless(JSON.stringify(value))
}

function harmless(json: string): string {
  return `${json.replace(/[\u007f-\u009f\u2028\u2029]/g, escapeUnicode)}\n`
}

function escapeUnicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
