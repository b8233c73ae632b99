// SPDX-License-Identifier: MIT
// completions/qcom-smem.bash, for bash 4.3 and later, with nothing of the package bash-completion.

import { generated, takingCommands, valueOptions } from './command-line.js'

const namesOf = ({ short, long }) => [short, long].filter((name) => name !== null)
const words = (list) => `'${list.join(' ')}'`

/** `--host) kind=host ;;`: by what a case statement tells them apart. */
function kinds(rows) {
  return [...new Set(rows.map(([, kind]) => kind))].map((kind) => {
    const patterns = rows.filter((row) => row[1] === kind).map(([pattern]) => pattern)
    return `    ${patterns.join(' | ')}) kind='${kind}' ;;`
  })
}

function optionKinds(line) {
  return kinds(
    valueOptions(line).flatMap((option) =>
      namesOf(option).map((name) => [name, option.takes.completion ?? 'none']),
    ),
  )
}

/** By command and the number of operands before: a number that is named comes before any number. */
function operandKinds({ commands }) {
  const rows = commands.flatMap(({ names, operands }) =>
    operands.flatMap(({ completion, many }, place) =>
      names.map((name) => [`${name}:${many ? '*' : place}`, completion ?? 'none']),
    ),
  )
  const isAny = ([pattern]) => pattern.endsWith('*')
  return [...kinds(rows.filter((row) => !isAny(row))), ...kinds(rows.filter(isAny))]
}

function leftOut(line) {
  return takingCommands(line)
    .filter(({ optional }) => optional > 0)
    .map(
      ({ name, optional }) => `    ${name}) ((operands >= ${optional})) || operands=${optional} ;;`,
    )
}

export function bashCompletion(line) {
  const { commands, options, ownOptions, choices } = line
  const names = commands.flatMap((command) => command.names)
  const common = [...options, ...ownOptions].flatMap(namesOf)
  const only = (kind) => words(choices[kind].map(([word]) => word))
  return `# SPDX-License-Identifier: MIT
# Completion of qcom-smem for bash: source it.
# ${generated}

# The words up to the cursor as the program would get them: bash splits at = and : as well.
_qcom_smem_words() {
  local rest=\${COMP_LINE:0:COMP_POINT} word i
  words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if ((i == 0)) || [[ $rest == [[:space:]]* ]]; then
      rest=\${rest#"\${rest%%[![:space:]]*}"}
      words+=('')
    fi
    ((i < COMP_CWORD)) || word=$rest
    words[\${#words[@]} - 1]+=$word
    rest=\${rest#"$word"}
  done
}

# What the option $1 takes.
_qcom_smem_option_kind() {
  case $1 in
${optionKinds(line).join('\n')}
    *) kind='' ;;
  esac
}

# What the command $1 takes behind $2 operands.
_qcom_smem_operand_kind() {
  case $1:$2 in
${operandKinds(line).join('\n')}
    help:0) kind='topic' ;;
    *) kind='none' ;;
  esac
}

# In front of a command line of its own, operands that were left out count as well.
_qcom_smem_left_out() {
  case $1 in
${leftOut(line).join('\n')}
  esac
}

_qcom_smem_options() {
  local own=''
  case $1 in
${commands
  .filter((command) => command.options.length > 0)
  .map((command) => {
    const own = command.options.flatMap(namesOf)
    return `    ${command.names.join(' | ')}) own=${words(own)} ;;`
  })
  .join('\n')}
  esac
  _qcom_smem_among "$own ${common.join(' ')}"
}

# Those of the words $1 that begin with what is typed, which stands behind $before.
_qcom_smem_among() {
  local word
  for word in $(compgen -W "$1" -- "$typed"); do COMPREPLY+=("$before$word"); done
}

_qcom_smem_paths() {
  local path
  compopt -o filenames
  typed=\${typed#[\\"\\']}
  while IFS= read -r path; do
    COMPREPLY+=("$before$path")
  done < <(compgen "$1" -- "\${typed//\\\\/}")
}

# Items have names in capitals; whoever writes small letters gets small ones.
_qcom_smem_items() {
  local names=${only('item')}
  if [[ $typed == [Ss][Mm][Ee][Mm]_* ]]; then
    before+=\${typed:0:5}
    typed=\${typed:5}
  fi
  [[ $before$typed == *[a-z]* ]] && names=\${names,,}
  _qcom_smem_among "$names"
}

_qcom_smem_source() {
  case $typed in
    file:*) before+=file: typed=\${typed#file:} && _qcom_smem_paths -f ;;
    dir:*) before+=dir: typed=\${typed#dir:} && _qcom_smem_paths -d ;;
    *)
      _qcom_smem_among ${only('source')}
      if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *: ]]; then compopt -o nospace; fi
      ;;
  esac
}

# Of diff: a source, or just the path of a dump.
_qcom_smem_side() {
  local whole=$typed
  _qcom_smem_source
  [[ $whole == *:* ]] || _qcom_smem_paths -f
}

# A program, then what it works on.
_qcom_smem_command() {
  if ((operands == 1)); then
    compopt -o filenames
    _qcom_smem_among "$(compgen -c -- "$typed")"
  else
    _qcom_smem_paths -f
  fi
}

# $1: the kind of value. $typed, and $before it what stays as it is.
_qcom_smem_value() {
  case $1 in
    topic) _qcom_smem_among ${words([...names, 'help'])} ;;
    item) _qcom_smem_items ;;
    host) _qcom_smem_among ${only('host')} ;;
    soc) _qcom_smem_among ${only('soc')} ;;
    check) _qcom_smem_among ${only('check')} ;;
    action) _qcom_smem_among ${only('action')} ;;
    profile) _qcom_smem_among ${only('profile')} ;;
    source) _qcom_smem_source ;;
    side) _qcom_smem_side ;;
    file) _qcom_smem_paths -f ;;
    placed)
      if [[ $typed == *=* ]]; then
        before+=\${typed%%=*}= typed=\${typed#*=}
        _qcom_smem_paths -f
      fi
      ;;
    command) _qcom_smem_command ;;
  esac
}

_qcom_smem() {
  local words word before='' typed command='' operands=0 kind='' dashes='' settled i
  COMPREPLY=()
  _qcom_smem_words
  typed=\${words[\${#words[@]} - 1]}
  for ((i = 1; i < \${#words[@]} - 1; i++)); do
    word=\${words[i]}
    if [[ -n $kind ]]; then
      kind=''
    elif [[ -z $dashes && $word == -- ]]; then
      dashes=1
      _qcom_smem_left_out "$command"
    elif [[ -z $dashes && $word == -* ]]; then
      _qcom_smem_option_kind "$word"
    elif [[ -z $command ]]; then
      command=$word
    else
      ((operands += 1))
    fi
  done
  if [[ -n $kind ]]; then
    _qcom_smem_value "$kind"
  elif [[ -z $dashes && $typed == --*=* ]]; then
    _qcom_smem_option_kind "\${typed%%=*}"
    before=\${typed%%=*}= typed=\${typed#*=}
    _qcom_smem_value "$kind"
  elif [[ -z $dashes && $typed == -* ]]; then
    _qcom_smem_options "$command"
  elif [[ -z $command ]]; then
    _qcom_smem_value topic
  else
    _qcom_smem_operand_kind "$command" "$operands"
    _qcom_smem_value "$kind"
  fi
  # Readline replaces only what stands behind the last of these.
  for word in : =; do
    typed=\${words[\${#words[@]} - 1]}
    [[ $COMP_WORDBREAKS == *"$word"* && $typed == *"$word"* ]] || continue
    settled=\${typed%"$word"*}$word
    for i in "\${!COMPREPLY[@]}"; do COMPREPLY[i]=\${COMPREPLY[i]#"$settled"}; done
  done
}

complete -F _qcom_smem qcom-smem
`
}
