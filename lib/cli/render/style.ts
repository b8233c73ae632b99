// SPDX-License-Identifier: MIT
// Colour on a terminal, plain text elsewhere; and text from memory made harmless.

export interface Style {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  yellow(text: string): string
  green(text: string): string
  /** One of a few colours that differ from their neighbours, and mean nothing. */
  hue(index: number): (text: string) => string
}

const plain = (text: string) => text
const sgr = (on: number, off: number) => (text: string) => `\x1b[${on}m${text}\x1b[${off}m`

const plainStyle: Style = {
  bold: plain,
  dim: plain,
  red: plain,
  yellow: plain,
  green: plain,
  hue: () => plain,
}

/** Not red, which means trouble. */
const hues = [36, 33, 35, 32, 34].map((colour) => sgr(colour, 39))

const colourStyle: Style = {
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  red: sgr(31, 39),
  yellow: sgr(33, 39),
  green: sgr(32, 39),
  hue: (index) => hues[index % hues.length]!,
}

/** NO_COLOR, when set to anything, wins (no-color.org). */
export function styleFor(isTerminal: boolean, env: NodeJS.ProcessEnv): Style {
  return isTerminal && !env.NO_COLOR && env.TERM !== 'dumb' ? colourStyle : plainStyle
}

/** Text that came out of memory, or from a user, with control characters written as `\xNN`. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => {
    const code = character.charCodeAt(0)
    return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`
  })
}
