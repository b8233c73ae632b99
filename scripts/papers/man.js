// SPDX-License-Identifier: MIT
// man/qcom-smem.1, in the macros of man(7), which every man program knows. One sentence a line, as these pages are
// written: mandoc -T lint asks for it.

import { generated } from './command-line.js'

/** Text that troff shall set as it is. */
function plain(text) {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replaceAll('`', '\\(ga')
}

/** A line may not begin as a request does. */
const guarded = (text) => (/^[.']/.test(text) ? `\\&${text}` : text)
const bold = (text) => `\\fB${plain(text)}\\fP`
const italic = (text) => `\\fI${plain(text)}\\fP`

/** Prose, with its `code` in bold: a line for each sentence, broken before column 80. */
function prose(text) {
  return text
    .split(/(?<=[.:?!;]) (?=[A-Z`\d])/)
    .flatMap((sentence) => {
      const lines = ['']
      for (const word of sentence.split(' ')) {
        if (lines.at(-1) !== '' && lines.at(-1).length + word.length > 60) lines.push('')
        lines.push(`${lines.pop()} ${word}`.trimStart())
      }
      return lines
    })
    .map(styled())
}

/** Code may be broken over lines, so what is code is told by the back-ticks so far. */
function styled() {
  let open = false
  return (line) => {
    const parts = line.split('`').map((part, index) => {
      if (index > 0) open = !open
      return part === '' ? '' : open ? bold(part) : plain(part)
    })
    return guarded(parts.join(''))
  }
}

function optionTag({ long, short, takes }) {
  const names = [short, long].filter((name) => name !== null).map(bold)
  return names.join(', ') + (takes === null ? '' : ` ${italic(takes.kind.toUpperCase())}`)
}

function optionParagraph(option) {
  const { summary, repeats } = option
  return ['.TP', optionTag(option), ...prose(summary + (repeats ? '; may be repeated' : ''))]
}

const sentence = (text) =>
  `${text[0].toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`

const operand = ({ kind, many, optional }) => {
  const word = italic(kind.toUpperCase()) + (many ? ' ...' : '')
  return optional ? `[${word}]` : word
}

function commandSection({ names, summary, about, operands, options, examples }) {
  const [name, ...aliases] = names
  const alias = aliases.map((other) => ` (${bold(other)})`).join('')
  return [
    `.SS ${[bold(name) + alias, ...operands.map(operand)].join(' ')}`,
    ...prose(sentence(summary)),
    ...about.flatMap((paragraph) => ['.PP', ...prose(paragraph)]),
    ...options.flatMap(optionParagraph),
    ...examples.flatMap(({ line, does }) => [
      '.PP',
      ...prose(sentence(does)),
      '.PP',
      '.RS 4',
      '.nf',
      bold(line),
      '.fi',
      '.RE',
    ]),
  ]
}

const tagged = (rows, style = bold) =>
  rows.flatMap(([what, meaning]) => ['.TP', style(what), ...prose(meaning)])

export function manPage(line, date) {
  const { version, commands, options, ownOptions, values, exitCodes, environment, files } = line
  return `${[
    '.\\" SPDX-License-Identifier: MIT',
    `.\\" ${generated}`,
    `.TH QCOM\\-SMEM 1 ${date} "qcom\\-smem ${version}" "User Commands"`,
    '.SH NAME',
    'qcom\\-smem \\- look into the memory that all processors of a Qualcomm SoC share',
    '.SH SYNOPSIS',
    `${bold('qcom-smem')} [${italic('OPTIONS')}] ${italic('COMMAND')} [${italic('ARGUMENTS')}]`,
    '.SH DESCRIPTION',
    ...prose(
      'Every Qualcomm SoC has a piece of memory that all its processors share: SMEM, a heap of numbered items. This program reads it, on the board or from a dump, decodes what is in it, checks it, watches it, and allocates in it beside a running kernel. It writes nothing unless `alloc --write` or `lock release` is asked for.',
    ),
    '.PP',
    ...prose(
      'Data goes to standard output, talk to standard error. Options stand before the command or behind it.',
    ),
    '.SH OPTIONS',
    ...[...options, ...ownOptions].flatMap(optionParagraph),
    '.SH ARGUMENTS',
    ...tagged(
      Object.entries(values).map(([kind, meaning]) => [kind.toUpperCase(), meaning]),
      italic,
    ),
    '.SH COMMANDS',
    ...commands.flatMap(commandSection),
    '.SH EXIT STATUS',
    ...tagged(exitCodes),
    '.SH ENVIRONMENT',
    ...tagged(environment),
    '.SH FILES',
    ...tagged(files, italic),
  ].join('\n')}\n`
}
