// SPDX-License-Identifier: MIT
// A command line of the pages as words, as far as that goes without a shell.

export interface Word {
  readonly text: string
  /** `|`, `>`, `&&` and the like, or a word that a shell would expand. */
  readonly special: boolean
}

const PART = /\s*(?:([|&;<>]+)|((?:'[^']*'|"[^"]*"|[^\s'"|&;<>])+))/gy

/** @throws Error where a quote is left open */
export function shellWords(line: string): Word[] {
  const words: Word[] = []
  PART.lastIndex = 0
  while (PART.lastIndex < line.trimEnd().length) {
    const found = PART.exec(line)
    if (found === null) throw new Error(`no shell would understand: ${line}`)
    const [, operator, word = ''] = found
    const bare = word.replace(/'[^']*'/g, '')
    const special = operator !== undefined || /[$`]/.test(bare) || /[*?~(){}]/.test(unquoted(bare))
    words.push({ text: operator ?? word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'), special })
  }
  return words
}

function unquoted(word: string): string {
  return word.replace(/"[^"]*"/g, '')
}

/** The programs that a line starts: the first word of it, and of what follows an operator other than `>` and `<`. */
export function programsIn(line: string): string[] {
  let first = true
  return shellWords(line).flatMap(({ text, special }) => {
    const isOperator = special && /^[|&;<>]+$/.test(text)
    if (isOperator) {
      first = !/[<>]/.test(text)
      return []
    }
    if (!first || /^\w+=/.test(text)) return []
    first = false
    return [text]
  })
}
