// SPDX-License-Identifier: MIT
// Fenced blocks that show a shell, taken apart: each command with the output that the page shows of it, and whether
// what was printed is that. In the page `...` stands for anything: alone on a line for lines, inside one for text.

import type { Block } from './pages.js'

export interface Step {
  /** Without prompt, comment and line breaks. */
  readonly command: string
  /** Behind the command, without the `#`. */
  readonly comment: string
  /** What the page shows; null where it shows none. */
  readonly shown: string | null
}

const PROMPT = '$ '

/** A block of kind `console`: commands behind a prompt, and what they print. It starts with one. */
export function consoleSteps(text: string): Step[] {
  const [, ...chunks] = `\n${text}`.split(`\n${PROMPT}`)
  return chunks.map((chunk) => {
    const lines = joined(chunk)
    const shown = lines.slice(1).join('\n').trimEnd()
    return { ...withoutComment(lines[0]!), shown }
  })
}

/** A block of kind `sh`: a command on each line. */
export function scriptSteps(text: string): Step[] {
  return joined(text)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ ...withoutComment(line), shown: null }))
}

/** Lines, those that end in a backslash together with the next. */
function joined(text: string): string[] {
  return text.replace(/\s*\\\n\s*/g, ' ').split('\n')
}

function withoutComment(line: string): Pick<Step, 'command' | 'comment'> {
  const [, command, comment = ''] = /^(.*?)(?:\s+#\s+(.*))?$/.exec(line)!
  return { command: command!.trim(), comment }
}

const kinds: Readonly<Record<string, (text: string) => Step[]>> = {
  console: consoleSteps,
  sh: scriptSteps,
}

/** The commands of a block of any kind: none, where it is of another. */
export function stepsOf({ info, text }: Block): Step[] {
  return kinds[info]?.(text) ?? []
}

/** Output as it is compared: without blanks at the ends of lines, and empty lines at the end. */
export function tidy(text: string): string {
  return text.replace(/[ \t]+$/gm, '').trimEnd()
}

/** Whether `printed` is what a page shows as `shown`. */
export function isShown(shown: string, printed: string): boolean {
  const pattern = tidy(shown)
    .split('\n')
    .map((line) => (line === '...' ? '(?:.*\\n)*?' : `${lineSource(line)}\\n`))
  return new RegExp(`^${pattern.join('')}$`).test(`${tidy(printed)}\n`)
}

function lineSource(line: string): string {
  return line
    .split('...')
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
    .join('.*')
}
