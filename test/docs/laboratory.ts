// SPDX-License-Identifier: MIT
// Where the commands of one page are run, in their order: a folder with the files that the page speaks of, and a fake
// SoC that is this machine's SMEM, `live` included. Commands of ours run in this process, unless they last or need a
// shell.

import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { nodeCommand } from '../node.js'
import { dumps } from './dumps.js'
import { runHere } from './in-process.js'
import { cueAt, modemRestarts, quieten } from './neighbours.js'
import { adapted, type OurCommand, ourCommand, readiness } from './our-command.js'
import { root } from './pages.js'
import { programsIn } from './shell-words.js'

export interface Ran {
  readonly code: number
  /** Both streams, as a terminal would show them. */
  readonly printed: string
}

/** What else a line of the pages may start. */
const programs = new Set([
  ...['qcom-smem', 'npx', 'sudo', 'ssh', 'node'],
  ...'cat cmp cp cut echo false grep gunzip gzip head ls mkdir mv printf rm'.split(' '),
  ...'sh sleep sort tail test tr true uniq wc'.split(' '),
])

/** What changes the shell itself, and stays for the next command. */
const builtins = new Set(['cd', 'export'])

/** Ours that start other commands, which write to the streams of the process. */
const parents = new Set(['claim', 'fake'])

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
    const ours = ourCommand(command)
    const watches = ours?.name === 'watch'
    const idle = watches && !command.includes(' --until ') ? modemRestarts : undefined
    const cue = () => (cueAt(command) ?? idle)?.(this.#soc)
    if (!watches) cue()
    if (ours === null) return this.#spawn(['sh', '-c', command])
    const ready = readiness(ours)
    if (ready !== null) return this.#untilReady(ours, ready)
    return parents.has(ours.name) ? this.#spawn(['sh', '-c', command]) : this.#inProcess(ours, cue)
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
  #untilReady(ours: OurCommand, ready: RegExp): Promise<Ran> {
    const child = spawn('sh', ['-c', 'exec qcom-smem "$@" 2>&1', 'sh', ...adapted(ours)], {
      cwd: this.#here,
      env: { ...this.#processEnv, ...ours.env },
      timeout: LONGEST,
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
      child.on('close', (code, signal) => {
        end({ code: signal === 'SIGINT' ? 0 : (code ?? -1), printed })
      })
    })
  }

  async #inProcess(ours: OurCommand, onFirstLook: () => void): Promise<Ran> {
    const written: Uint8Array[] = []
    const { into } = ours
    const ran = await runHere(
      adapted(ours).map((word) => (word === 'live' ? this.#live : word)),
      {
        folder: this.#here,
        env: { ...this.#env, ...ours.env },
        onFirstLook,
        out: into === null ? undefined : (data) => written.push(data),
      },
    )
    if (into !== null) writeFileSync(join(this.#here, into), Buffer.concat(written))
    return ran
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
