// SPDX-License-Identifier: MIT
// The shells as people use them: a line is typed on a terminal, then the key that completes it, then Enter, and a
// function in the place of qcom-smem prints the words that it got. Bash and zsh insert all that fits; fish tells it.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { Pty } from '../cli/pty.js'
import { root } from '../docs/pages.js'

const script = (shell: string) => join(root, `completions/qcom-smem.${shell}`)

/** Nothing of whoever runs the tests. */
export function environment(home: string): NodeJS.ProcessEnv {
  const { PATH } = process.env
  return { PATH, HOME: home, ZDOTDIR: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, LANG: 'C' }
}

interface Typed {
  readonly command: readonly string[]
  /** Lines that make it ready. */
  readonly setUp: readonly string[]
  /** The keys that insert all that the word could be. */
  readonly all: string
}

/** Told apart from the echo of the line that says it. */
const READY = `printf '%s%s\\n' rea dy`
const PRINT = `qcom-smem() { printf '<%s>\\n' "$@"; printf '%s%s\\n' do ne; }`

const zsh = (load: readonly string[]): Typed => ({
  command: ['zsh', '-f', '-i'],
  setUp: [
    ...load,
    'zle -C all-matches complete-word _generic',
    "bindkey '^Xa' all-matches",
    "zstyle ':completion:all-matches:*' insert true",
    "zstyle ':completion:all-matches::::' completer _all_matches _complete",
    PRINT,
    READY,
  ],
  all: '\x18a',
})

const bash = (load: readonly string[]): Typed => ({
  command: ['bash', '--norc', '--noprofile', '-i'],
  setUp: [`source ${script('bash')}`, ...load, PRINT, READY],
  all: '\x1b*',
})

export const typed = {
  bash: bash([]),
  'bash where : breaks no words': bash(["COMP_WORDBREAKS=' ='"]),
  zsh: zsh(['autoload -Uz compinit; compinit -u -d $HOME/.zcompdump', `source ${script('zsh')}`]),
  'zsh, from its folder of completions': zsh([
    `mkdir -p site; cp ${script('zsh')} site/_qcom-smem; fpath=($PWD/site $fpath)`,
    'autoload -Uz compinit; compinit -u -D',
  ]),
} satisfies Record<string, Typed>

/** The words behind `qcom-smem` after `line` was completed in `folder`. */
async function wordsTyped(shell: Typed, line: string, folder: string): Promise<string[]> {
  using pty = new Pty(shell.command, 400, 40, { env: environment(folder), cwd: folder })
  pty.type(`${shell.setUp.join('\n')}\n`)
  await pty.shows(/^ready/m)
  pty.forget()
  pty.type(`${line}${shell.all}\n`)
  await pty.shows(/^done/m)
  return [...pty.output.matchAll(/^<(.*)>\r?$/gm)].map(([, word]) => word!)
}

/** What the last word of `line` could be; empty where nothing fits. */
export async function completions(
  shell: keyof typeof typed | 'fish',
  line: string,
  folder: string,
): Promise<string[]> {
  const before = line.split(' ').slice(1, -1)
  const last = line.split(' ').at(-1)!
  const found = shell === 'fish' ? told(line, folder) : await wordsTyped(typed[shell], line, folder)
  const offered = shell === 'fish' ? found : found.slice(before.length)
  return offered.filter((word) => word !== last).map((word) => word.replace(/[/=]$/, ''))
}

function told(line: string, folder: string): string[] {
  const source = `source ${script('fish')}; complete -C $argv[1]`
  const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', source, line], {
    cwd: folder,
    env: environment(folder),
    encoding: 'utf8',
  })
  if (stderr !== '') throw new Error(stderr)
  return stdout
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => text.split('\t')[0]!)
}
