// SPDX-License-Identifier: MIT
// completions/qcom-smem.fish, for fish 3 and later.

import { generated, takingCommands, valueOptions } from './command-line.js'

const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

const functions = {
  item: '(__qcom_smem_items)',
  source: '(__qcom_smem_sources)',
  side: '(__qcom_smem_sides)',
  placed: '(__qcom_smem_placed)',
  host: '(__qcom_smem_hosts)',
  soc: '(__qcom_smem_socs)',
  check: '(__qcom_smem_checks)',
  action: '(__qcom_smem_actions)',
  profile: '(__qcom_smem_profiles)',
  file: '(__fish_complete_path (__qcom_smem_typed))',
  command: '(__qcom_smem_subcommand)',
}

/** `-x -a '(__qcom_smem_hosts)'`: what may stand there, and nothing else. */
const offers = ({ completion }) =>
  completion === null ? '-x' : `-x -a ${quoted(functions[completion])}`

function optionLine(condition, { short, long, summary, takes }) {
  const names = [...(short === null ? [] : ['-s', short.slice(1)]), '-l', long.slice(2)]
  const value = takes === null ? '' : ` ${offers(takes)}`
  return `complete -c qcom-smem${condition} ${names.join(' ')}${value} -d ${quoted(summary)}`
}

function commandLines({ names, options, operands }) {
  const inCommand = ` -n '__qcom_smem_in ${names.join(' ')}'`
  return [
    ...options.map((option) => optionLine(inCommand, option)),
    ...operands
      .map((operand, place) => [operand, place])
      .filter(([{ completion }]) => completion !== null)
      .map(([operand, place]) => {
        const at = `__qcom_smem_at ${operand.many ? `${place}+` : place} ${names.join(' ')}`
        return `complete -c qcom-smem -n ${quoted(at)} -a ${quoted(functions[operand.completion])}`
      }),
  ]
}

const printing = (name, rows) => `function __qcom_smem_${name}
    printf '%s\\t%s\\n' \\
${rows.map(([word, meaning]) => `        ${quoted(word)} ${quoted(meaning)}`).join(' \\\n')}
end`

export function fishCompletion(line) {
  const { commands, options, ownOptions, choices } = line
  const taking = valueOptions(line).flatMap(({ short, long }) =>
    [short, long].filter((name) => name !== null),
  )
  const omitting = takingCommands(line)
    .filter(({ optional }) => optional > 0)
    .map(({ name }) => name)
  const names = commands.flatMap(({ names, summary }) => names.map((name) => [name, summary]))
  return `# SPDX-License-Identifier: MIT
# Completion of qcom-smem for fish.
# ${generated}

# The command and its operands so far, without options and their values.
function __qcom_smem_words
    set -l tokens (commandline -opc)
    set -l skip 1
    set -l dashes 0
    set -l words
    for token in $tokens
        if test $skip -eq 1
            set skip 0
        else if test $dashes -eq 1
            set -a words $token
        else
            switch $token
                case --
                    set dashes 1
                    # Operands that were left out count as well.
                    test (count $words) -eq 1; and contains -- $words ${omitting.join(' ')}; and set -a words ''
                case ${taking.join(' ')}
                    set skip 1
                case '-*'
                case '*'
                    set -a words $token
            end
        end
    end
    for word in $words
        echo -- $word
    end
end

# Whether the command is one of those.
function __qcom_smem_in
    set -l words (__qcom_smem_words)
    contains -- "$words[1]" $argv
end

# PLACE COMMAND...: whether the next operand of the command is the one at that place; with a + from there on.
function __qcom_smem_at
    set -l words (__qcom_smem_words)
    contains -- "$words[1]" $argv[2..]; or return
    set -l before (math (count $words) - 1)
    if string match -q -- '*+' $argv[1]
        test $before -ge (string replace + '' -- $argv[1])
    else
        test $before -eq $argv[1]
    end
end

function __qcom_smem_none
    test (count (__qcom_smem_words)) -eq 0
end

# The word at the cursor, without the option in front of it.
function __qcom_smem_typed
    string replace -r -- '^--[a-z-]+=' '' (commandline -ct)
end

${printing('commands', [...names, ['help', 'what a command does, with examples']])}

${printing('names', choices.item)}

# With the prefix that all of them have, where it was typed.
function __qcom_smem_items
    set -l typed (__qcom_smem_typed)
    set -l prefix (string match -r -i -- '^smem_' "$typed"; or echo '')
    for name in (__qcom_smem_names)
        echo -- $prefix$name
    end
end

${printing('hosts', choices.host)}

${printing('socs', choices.soc)}

${printing('checks', choices.check)}

${printing('actions', choices.action)}

${printing('profiles', choices.profile)}

function __qcom_smem_sources
    set -l typed (__qcom_smem_typed)
    switch "$typed"
        case 'file:*'
            for path in (__fish_complete_path (string replace file: '' -- $typed))
                echo -- file:$path
            end
        case 'dir:*'
            for path in (__fish_complete_directories (string replace dir: '' -- $typed) '')
                echo -- dir:$path
            end
        case '*'
            printf '%s\\t%s\\n' \\
${choices.source.map(([word, meaning]) => `                ${quoted(word)} ${quoted(meaning)}`).join(' \\\n')}
    end
end

# Of diff: a source, or just the path of a dump.
function __qcom_smem_sides
    __qcom_smem_sources
    __fish_complete_path (__qcom_smem_typed)
end

# ADDR=PATH
function __qcom_smem_placed
    set -l parts (string split -m 1 = -- (__qcom_smem_typed))
    if test (count $parts) -eq 2
        for path in (__fish_complete_path $parts[2])
            echo -- $parts[1]=$path
        end
    end
end

# What stands behind the dashes, a command line of its own.
function __qcom_smem_subcommand
    set -l tokens (commandline -opc)
    set -l typed (commandline -ct; or echo '')
    set -l dashes (contains -i -- -- $tokens); or return
    set -l first (math $dashes + 1)
    set -l line $tokens[$first..] $typed
    complete -C "$line"
end

complete -c qcom-smem -f
complete -c qcom-smem -n __qcom_smem_none -a '(__qcom_smem_commands)'
complete -c qcom-smem -n '__qcom_smem_at 0 help' -a '(__qcom_smem_commands)'
${[
  ...[...options, ...ownOptions].map((option) => optionLine('', option)),
  ...commands.flatMap(commandLines),
].join('\n')}
`
}
