// SPDX-License-Identifier: MIT
// Where the commands of one page are run, in their order: a folder with the files that the page speaks of, and a fake
// SoC that is this machine's SMEM, `live` included. Commands of ours run in this process, unless they last or need a
// shell.

import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { commands } from '#lib/cli/commands.js'
import { run } from '#lib/cli/program.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { nodeCommand } from '../node.js'
import { dumps } from './dumps.js'
import { cueAt, modemRestarts, quieten } from './neighbours.js'
import { root } from './pages.js'
import { programsIn, shellWords } from './shell-words.js'

export interface Ran {
  readonly code: number
  /** Both streams, as a terminal would show them. */
  readonly printed: string
}

/** What else a line of the pages may start. */
const programs = new Set(
  'qcom-smem npx sudo ssh node cat cmp cp cut echo false grep gunzip gzip head ls mkdir mv printf rm sh sleep sort tail test tr true uniq wc'.split(
    ' ',
  ),
)

/** What changes the shell itself, and stays for the next command. */
const builtins = new Set(['cd', 'export'])

/** Commands that last, and what they say once they are at work. */
const lasting: Readonly<Record<string, RegExp>> = {
  serve: /^listening on /m,
  claim: / is ours until this is ended$/m,
}

/** What hangs is ended, milliseconds. */
const LONGEST = 60_000

export class Laboratory {
  readonly folder = mkdtempSync(join(root, 'build', 'page-'))
  readonly #soc = FakeSoc.create()
  readonly #shims = mkdtempSync(join(root, 'build', 'shims-'))
  #here = this.folder
  #lastCode = 0
  #environment: Record<string, string> = {}

  constructor() {
    quieten(this.#soc)
    const [node, ...prefix] = nodeCommand()
    const program = [node, ...prefix, join(root, 'dist/cli.cjs')].map(quoted).join(' ')
    this.#shim(
      'qcom-smem',
      `for a; do shift; [ "$a" = live ] && a=$LIVE; set -- "$@" "$a"; done
exec ${program} "$@"`,
    )
    this.#shim('npx', 'exec "$@"')
    this.#shim('sudo', 'exec "$@"')
    this.#shim('ssh', 'shift; exec sh -c "$*"')
  }

  /** Whether a line may be run here at all. */
  static knows(command: string): boolean {
    return programsIn(command).every((program) => builtins.has(program) || programs.has(program))
  }

  async run(command: string): Promise<Ran> {
    this.#makeFiles(command)
    const ran = this.#builtin(command) ?? (await this.#start(command))
    this.#lastCode = ran.code
    return { ...ran, printed: ran.printed.replaceAll(this.#live, 'live') }
  }

  /** Runs a program in JavaScript, from a file of its own. */
  runScript(name: string, text: string): Ran {
    const file = this.write(name, text)
    const [node, ...prefix] = nodeCommand()
    return this.#spawn([node, ...prefix, file])
  }

  /** @returns the path */
  write(name: string, text: string): string {
    const file = join(this.#here, name)
    writeFileSync(file, text)
    return file
  }

  close(): void {
    this.#soc.close()
    rmSync(this.folder, { recursive: true })
    rmSync(this.#shims, { recursive: true })
  }

  get #live(): string {
    return `fake:${this.#soc.path}`
  }

  #shim(name: string, text: string): void {
    const file = join(this.#shims, name)
    writeFileSync(file, `#!/bin/sh\n${text}\n`)
    chmodSync(file, 0o755)
  }

  /** What the line reads and nobody has made yet. */
  #makeFiles(command: string): void {
    const read = command.replace(/(?:-o|--output|>) *\S+/g, '')
    for (const [name, make] of Object.entries(dumps)) {
      const path = join(this.folder, name)
      if (!new RegExp(`(?<![\\w.-])${name.replaceAll('.', '\\.')}(?![\\w.-])`).test(read)) continue
      if (existsSync(path)) continue
      const bytes = make(this.#soc, path)
      if (bytes !== undefined) writeFileSync(path, bytes)
    }
  }

  #builtin(command: string): Ran | null {
    if (command === 'echo $?') return { code: 0, printed: `${this.#lastCode}\n` }
    const [, folder] = /^cd (\S+)$/.exec(command) ?? []
    if (folder !== undefined) this.#here = resolve(this.#here, folder)
    const [, name, value] = /^export (\w+)=(\S*)$/.exec(command) ?? []
    if (name !== undefined) this.#environment[name] = value!
    return folder === undefined && name === undefined ? null : { code: 0, printed: '' }
  }

  async #start(command: string): Promise<Ran> {
    const ours = parse(command)
    const watches = ours?.name === 'watch'
    const idle = watches && !command.includes(' --until ') ? modemRestarts : undefined
    const cue = () => (cueAt(command) ?? idle)?.(this.#soc)
    if (!watches) cue()
    if (ours === null) return this.#spawn(['sh', '-c', command])
    const ready = lasting[ours.name]
    if (ready === undefined) return this.#inProcess(ours, cue)
    return ours.args.includes('--') ? this.#spawn(['sh', '-c', command]) : this.#last(ours, ready)
  }

  get #env(): Record<string, string> {
    return { QCOM_SMEM_SOURCE: this.#live, ...this.#environment }
  }

  #spawn([file, ...args]: readonly string[]): Ran {
    // One pipe for both streams, so that their order is kept.
    const ran = spawnSync('sh', ['-c', 'exec "$@" 2>&1', 'sh', file!, ...args], {
      cwd: this.#here,
      encoding: 'utf8',
      env: this.#processEnv,
      timeout: LONGEST,
    })
    return { code: ran.status ?? -1, printed: ran.stdout }
  }

  get #processEnv(): NodeJS.ProcessEnv {
    const path = `${this.#shims}:${process.env.PATH}`
    return { ...process.env, PATH: path, LIVE: this.#live, ...this.#env }
  }

  /** Until it is at work, and then Ctrl-C. */
  #last({ args, env }: Ours, ready: RegExp): Promise<Ran> {
    const asked = args.includes('serve') ? onLoopback(args) : args
    const child = spawn('sh', ['-c', 'exec qcom-smem "$@" 2>&1', 'sh', ...asked], {
      cwd: this.#here,
      env: { ...this.#processEnv, ...env },
    })
    let printed = ''
    let told = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      if (told || !ready.test(printed)) return
      told = true
      child.kill('SIGINT')
    })
    return new Promise((end) => {
      child.on('close', (code) => end({ code: code ?? 0, printed }))
    })
  }

  async #inProcess({ args, env, into }: Ours, cue: () => void): Promise<Ran> {
    let printed = ''
    const written: Buffer[] = []
    let looksAgain = false
    let pressCtrlC = () => {}
    const restore = this.#enter(env)
    const ends = args.some((word) => /^--(?:until|count)$/.test(word))
    try {
      const code = await run(this.#hurried(args), {
        isTerminal: false,
        isErrorTerminal: false,
        env: process.env,
        out: (data) => {
          if (into !== null) written.push(Buffer.from(data))
          else printed += typeof data === 'string' ? data : Buffer.from(data).toString('latin1')
          if (looksAgain && !ends) pressCtrlC()
        },
        err: (text) => {
          printed += text
        },
        session: {
          size: () => ({ columns: 80, rows: 24 }),
          // Asked for after the first look; what that one found is told in the same turn.
          onSignal: (signal, act) => {
            if (signal !== 'SIGINT') return () => {}
            cue()
            pressCtrlC = act
            setImmediate(() => {
              looksAgain = true
            })
            return () => {}
          },
          suspend: () => {},
        },
      })
      if (into !== null) writeFileSync(into, Buffer.concat(written))
      return { code, printed }
    } finally {
      restore()
    }
  }

  /** As a process of its own would be: in the folder, with the environment. @returns what undoes it */
  #enter(env: Readonly<Record<string, string>>): () => void {
    const folder = process.cwd()
    const set = { ...this.#env, ...env }
    const before = Object.keys(set).map((name) => [name, process.env[name]] as const)
    process.chdir(this.#here)
    Object.assign(process.env, set)
    return () => {
      process.chdir(folder)
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
      }
    }
  }

  /** `live` is ours, and who watches need not wait for a second. */
  #hurried(args: readonly string[]): string[] {
    const words = args.map((word) => (word === 'live' ? this.#live : word))
    if (!words.includes('watch')) return words
    // What is waited for and never comes must not keep the others waiting.
    const end = words.includes('--until') ? ['--count', '100'] : []
    return [...words, ...(words.includes('--interval') ? [] : ['--interval', '10']), ...end]
  }
}

/** A line that is one command of ours. */
interface Ours {
  /** Of the command: `list`. */
  readonly name: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** File that its output goes to. */
  readonly into: string | null
}

/** null: a line for a shell. Before our name there can be sudo, a board, and variables. */
function parse(command: string): Ours | null {
  const words = shellWords(command)
  const env: Record<string, string> = {}
  let into: string | null = null
  if (words.at(-2)?.text === '>')
    [, { text: into }] = words.splice(-2) as [unknown, { text: string }]
  if (words.some(({ special }) => special)) return null
  const args = words.map(({ text }) => text)
  for (let word = args.shift(); word !== 'qcom-smem'; word = args.shift()) {
    const [, name, value] = /^(\w+)=(.*)$/.exec(word ?? '') ?? []
    if (name !== undefined) env[name] = value!
    else if (word === 'ssh') args.shift()
    else if (word !== 'sudo' && word !== 'npx') return null
  }
  const name = args.find((word) => commands.some(({ usage }) => usage.split(' ')[0] === word))
  return { name: name ?? '', args, env, into }
}

/** The same server, where it can listen on any machine: on a free port of this one. */
function onLoopback(args: readonly string[]): string[] {
  const at = args.indexOf('--listen')
  const address = at < 0 ? '127.0.0.1:8787' : args[at + 1]!
  const rest = args.filter((_, i) => at < 0 || (i !== at && i !== at + 1))
  const open = /^(?:127\.|localhost|\d+$)/.test(address) || rest.includes('--token-file')
  return [...rest, '--listen', '127.0.0.1:0', ...(open ? [] : ['--token'])]
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
