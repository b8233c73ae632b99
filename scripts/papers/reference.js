// SPDX-License-Identifier: MIT
// docs/cli.md: the reference of the command line.

/** A name of the command line in a table or a sentence. */
const code = (text) => `\`${text}\``
const cell = (text) => text.replaceAll('|', '\\|')

function table(head, rows) {
  const row = (cells) => `| ${cells.map(cell).join(' | ')} |`.replaceAll('|  |', '| |')
  return [row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row)]
}

const operand = ({ kind, many, optional }) => {
  const word = `${kind.toUpperCase()}${many ? '...' : ''}`
  return optional ? `[${word}]` : word
}

function optionRows(options) {
  return options.map(({ long, short, summary, repeats, takes }) => {
    const names = [short, long].filter((name) => name !== null).join(', ')
    const value = takes === null ? '' : ` ${takes.kind.toUpperCase()}`
    return [code(names + value), summary + (repeats ? '; may be repeated' : '')]
  })
}

function usage({ name, operands, options }) {
  return ['qcom-smem', name, options.length > 0 ? '[OPTIONS]' : '', ...operands.map(operand)]
    .filter((word) => word !== '')
    .join(' ')
}

function exampleLines({ line, does, code: exit = 0 }) {
  return [`# ${does}`, exit === 0 ? line : `${line}   # exit code ${exit}`]
}

function section(command) {
  const { names, summary, about, options, examples } = command
  return [
    `## ${names.join(', ')}`,
    '',
    code(usage(command)),
    '',
    `${summary[0].toUpperCase()}${summary.slice(1)}.`,
    '',
    ...about.flatMap((paragraph) => [paragraph, '']),
    ...(options.length === 0 ? [] : [...table(['option', ''], optionRows(options)), '']),
    '```sh',
    ...examples.flatMap(exampleLines),
    '```',
    '',
  ]
}

const facts = (rows) => rows.map(([what, meaning]) => [code(what), meaning])

export function referencePage(line) {
  const { commands, options, ownOptions, values, exitCodes, environment, files } = line
  return `${[
    '# The command line',
    '',
    '<!-- made by scripts/papers.js: edit lib/cli/commands.ts or lib/cli/manual/, build, and run npm run papers -->',
    '',
    code('qcom-smem [OPTIONS] COMMAND [ARGUMENTS]'),
    '',
    'Data goes to stdout, talk to stderr. With `--json` the data is one object, described in',
    '[JSON output](json.md). `qcom-smem COMMAND --help` says what stands here of each command, and so does',
    '`man qcom-smem`.',
    '',
    ...table(
      ['command', ''],
      commands.map(({ names, summary }) => [
        names.map((name) => `[\`${name}\`](#${names.join('-')})`).join(', '),
        summary,
      ]),
    ),
    '',
    '## Options of every command',
    '',
    'Before the command or behind it. A value stands behind its option or, with `=`, in one word with it. What stands',
    'behind a bare `--` is no option.',
    '',
    ...table(['option', ''], optionRows([...options, ...ownOptions])),
    '',
    '## What the words stand for',
    '',
    ...table(
      ['word', ''],
      Object.entries(values).map(([kind, meaning]) => [code(kind.toUpperCase()), meaning]),
    ),
    '',
    ...commands.flatMap(section),
    '## Exit codes',
    '',
    ...table(['code', ''], exitCodes),
    '',
    '[Which error has which](json.md#exit-codes).',
    '',
    '## Environment',
    '',
    ...table(['variable', ''], facts(environment)),
    '',
    '## Files',
    '',
    ...table(['file', ''], facts(files)),
    '',
    '## Manual page and completions',
    '',
    'The package has both. `npm install -g` puts the manual page where `man` finds it. The completions of commands, options',
    'and their values (items, hosts, sources, SoCs, checks, files) lie in its folder `completions`:',
    '',
    ...table(
      ['shell', 'where', 'what'],
      [
        ['bash', code('~/.bashrc'), code('source DIR/completions/qcom-smem.bash')],
        [
          'zsh',
          `${code('~/.zshrc')}, behind ${code('compinit')}`,
          code('source DIR/completions/qcom-smem.zsh'),
        ],
        ['fish', code('~/.config/fish/config.fish'), code('source DIR/completions/qcom-smem.fish')],
      ],
    ),
    '',
    '`DIR` is the folder of the package: `"$(npm root -g)/qcom-smem"` for one that is installed globally. Whoever packages',
    'this for a system copies them to where its shells look, as `qcom-smem`, `_qcom-smem` and `qcom-smem.fish`.',
  ].join('\n')}\n`
}
