// SPDX-License-Identifier: MIT
// Text that came out of memory, for a page: control characters, and marks that turn the direction of writing, are
// shown as escapes, so that a hostile string can neither hide a part of itself nor pose as something else.

const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

/** Control characters as `\xNN`, others that cannot be seen as `\uNNNN`. */
export function visible(text: string): string {
  return text.replace(unseen, (character) => {
    const code = character.charCodeAt(0)
    const digits = code.toString(16)
    return code <= 0xff ? `\\x${digits.padStart(2, '0')}` : `\\u${digits.padStart(4, '0')}`
  })
}
