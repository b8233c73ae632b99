// SPDX-License-Identifier: MIT
// A line of the pages that is one command of ours, and what has to be different about it in a laboratory: nobody
// waits there for a second, nor for what never comes, and nothing listens on a port that may be in use.

import { commands } from '#lib/cli/commands.js'
import { shellWords } from './shell-words.js'

export interface OurCommand {
  /** `list`; empty where there is none. */
  readonly name: string
  /** What follows our name. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** File that its output goes to. */
  readonly into: string | null
}

/** null: a line for a shell. Before our name there can be sudo, npx, a board, and variables. */
export function ourCommand(line: string): OurCommand | null {
  const words = shellWords(line)
  const env: Record<string, string> = {}
  const into = words.at(-2)?.text === '>' ? words.splice(-2)[1]!.text : null
  if (words.some(({ special }) => special)) return null
  const args = words.map(({ text }) => text)
  for (let word = args.shift(); word !== 'qcom-smem'; word = args.shift()) {
    const [, name, value] = /^(\w+)=(.*)$/.exec(word ?? '') ?? []
    if (name !== undefined) env[name] = value!
    else if (word === 'ssh') args.shift()
    else if (word !== 'sudo' && word !== 'npx') return null
  }
  const names = commands.map(({ usage }) => usage.split(' ')[0])
  const name = args.find((word, i) => names.includes(word) && args[i - 1] !== '--source')
  return { name: name ?? '', args, env, into }
}

/** Commands that last, and what they say once they are at work. */
const lasting: Readonly<Record<string, RegExp>> = {
  serve: /^listening on /m,
  claim: / is ours until this is ended$/m,
  fake: /^a fake \w+ until this is ended/m,
}

/** Whether it lasts until somebody ends it; what it then says. With a command it ends with that one. */
export function readiness({ name, args }: OurCommand): RegExp | null {
  return args.includes('--') ? null : (lasting[name] ?? null)
}

/** The arguments for a laboratory. */
export function adapted({ name, args }: OurCommand): readonly string[] {
  return adaptations[name]?.(args) ?? args
}

const adaptations: Readonly<Record<string, (args: readonly string[]) => readonly string[]>> = {
  serve: onLoopback,
  watch: hurried,
}

/** The same server, where it can listen on any machine: on a free port of this one. */
function onLoopback(args: readonly string[]): string[] {
  const at = args.indexOf('--listen')
  const address = at < 0 ? '127.0.0.1:8787' : args[at + 1]!
  const rest = args.filter((_, i) => at < 0 || (i !== at && i !== at + 1))
  const open = /^(?:127\.|localhost|\d+$)/.test(address) || rest.includes('--token-file')
  return [...rest, '--listen', '127.0.0.1:0', ...(open ? [] : ['--token'])]
}

function hurried(args: readonly string[]): string[] {
  return [
    ...args,
    ...(args.includes('--interval') ? [] : ['--interval', '10']),
    ...(args.includes('--until') ? ['--count', '100'] : []),
  ]
}
