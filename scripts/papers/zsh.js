// SPDX-License-Identifier: MIT
// completions/qcom-smem.zsh: sourced behind compinit, or as _qcom-smem in a folder of fpath.

import { generated, takingCommands } from './command-line.js'

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`
/** In a specification these separate its parts. */
const escaped = (text) => text.replace(/[[\]:\\]/g, '\\$&')

const actions = {
  item: '_qcom_smem_item',
  host: '_qcom_smem_host',
  soc: '_qcom_smem_soc',
  check: '_qcom_smem_check',
  action: '_qcom_smem_action',
  profile: '_qcom_smem_profile',
  source: '_qcom_smem_source',
  side: '_qcom_smem_side',
  placed: '_qcom_smem_placed',
  file: '_files',
  command: '_command_names -e',
}

const actionOf = ({ completion }) => actions[completion] ?? ' '

/** `'--host=[summary]:host:_qcom_smem_host'`. */
function optionSpec({ short, long, summary, repeats, takes }) {
  const value = takes === null ? '' : `:${takes.kind}:${actionOf(takes)}`
  const names = short === null ? [long] : [short, long]
  const others = names.length > 1 && !repeats ? `(${names.join(' ')})` : repeats ? '*' : ''
  return names.map((name) => {
    const form = takes === null ? name : name.startsWith('--') ? `${name}=` : `${name}+`
    return quoted(`${others}${form}[${escaped(summary)}]${value}`)
  })
}

/** Options that end the line: nothing goes with them. */
const loneSpec = ({ short, long, summary }) =>
  [short, long]
    .filter((name) => name !== null)
    .map((name) => quoted(`(- *)${name}[${escaped(summary)}]`))

function operandSpec(operand, place) {
  const { kind, many } = operand
  const where = many ? '*:' : `${place + 1}:`
  return quoted(`${where}${kind}:${actionOf(operand)}`)
}

function arm({ names, options, operands }) {
  const specs = [...options.flatMap(optionSpec), ...operands.map(operandSpec)]
  const more = specs.map((spec) => ` \\\n        ${spec}`).join('')
  return `      (${names.join('|')})
      _arguments -S $common${more} && ret=0
      ;;`
}

/** A function that offers words with what they mean. */
const offering = (kind, rows, matching = '') => `_qcom_smem_${kind}() {
  local -a words=(
${rows.map(([word, meaning]) => `    ${quoted(`${word.replaceAll(':', '\\:')}:${meaning}`)}`).join('\n')}
  )
  _describe -t ${kind} ${kind} words${matching}
}`

export function zshCompletion(line) {
  const { commands, options, ownOptions, choices } = line
  const common = [...options.flatMap(optionSpec), ...ownOptions.flatMap(loneSpec)]
  const names = commands.flatMap(({ names, summary }) => names.map((name) => [name, summary]))
  const taking = takingCommands(line).map(({ name }) => name)
  const words = (kind) => choices[kind].filter(([word]) => !word.endsWith(':'))
  return `#compdef qcom-smem
# SPDX-License-Identifier: MIT
# Completion of qcom-smem for zsh.
# ${generated}

${offering('command', [...names, ['help', 'what a command does, with examples']])}

${offering('item_name', choices.item, " -M 'm:{[:lower:]}={[:upper:]}'")}

# With or without the prefix that all of them have.
_qcom_smem_item() {
  compset -P '[Ss][Mm][Ee][Mm]_'
  _qcom_smem_item_name
}

${['host', 'soc', 'check', 'action', 'profile'].map((kind) => offering(kind, choices[kind])).join('\n\n')}

${offering('source_name', words('source'))}

_qcom_smem_source() {
  if compset -P 'file:'; then
    _files
  elif compset -P 'dir:'; then
    _path_files -/
  else
    _qcom_smem_source_name
    compadd -S '' -- file: dir:
  fi
}

# Of diff: a source, or just the path of a dump.
_qcom_smem_side() {
  _qcom_smem_source
  [[ $PREFIX$IPREFIX == *:* ]] || _files
}

# ADDR=PATH
_qcom_smem_placed() {
  compset -P '*=' && _files
}

_qcom_smem() {
  local curcontext=$curcontext state line ret=1
  typeset -A opt_args
  local -a common=(
${common.map((spec) => `    ${spec}`).join('\n')}
  )
  _arguments -C -S $common '1:command:_qcom_smem_command' '*:: :->operands' && ret=0
  [[ $state == operands ]] || return ret
  # Behind it stands a command line of its own.
  local -i dashes=$words[(i)--]
  if [[ $words[1] == (${taking.join('|')}) ]] && ((dashes < CURRENT)); then
    shift $dashes words
    ((CURRENT -= dashes))
    _normal
    return
  fi
  case $words[1] in
${commands.map(arm).join('\n')}
      (help)
      _arguments '1:command:_qcom_smem_command' && ret=0
      ;;
  esac
  return ret
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _qcom_smem "$@"
else
  compdef _qcom_smem qcom-smem
fi
`
}
