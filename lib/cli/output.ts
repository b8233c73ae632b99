// SPDX-License-Identifier: MIT
// `-o FILE`, as the commands take it that make one: `-` is the standard output, and what is there already stays unless
// `--force` is given.

import { checkNewFile, writeNewFile } from '../dump/new-file.js'
import { usage } from './arguments.js'
import type { Context, Options } from './command.js'

/** What goes wrong with the line, in the words of the command. */
export interface OutputWords {
  /** Of no file at all, and the line that has one. */
  readonly missing: readonly [message: string, hint: string]
  /** Of `-o -` and `--json` together. */
  readonly both: string
}

export interface Output {
  /** As it was given. */
  readonly file: string
  write(bytes: Uint8Array): void
}

/**
 * Checked before any memory is read: a board can be slow, and a mistyped name is not.
 * @throws SmemError EINVAL without a file, EEXIST where there is one, and why it could not be made
 */
export function openOutput(
  { json, out }: Context,
  { output, force }: Options,
  { missing, both }: OutputWords,
): Output {
  if (typeof output !== 'string' || output === '') throw usage(...missing)
  if (output === '-') {
    if (json) throw usage(both, 'leave out --json')
    return { file: output, write: out }
  }
  const options = { replace: force === true }
  checkNewFile(output, options)
  return { file: output, write: (bytes) => writeNewFile(output, bytes, options) }
}

/** `wrote smem.elf: 2068480 bytes`. */
export function writtenText({
  file,
  size,
}: {
  readonly file: string
  readonly size: number
}): string {
  return `wrote ${file === '-' ? 'to the standard output' : file}: ${size} bytes`
}
