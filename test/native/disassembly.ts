// SPDX-License-Identifier: MIT
// What the compiler made of a function: its instructions, and the few of them that matter to other processors
// (fences, calls, loads and stores of one word), in the order of the code.

import { execFileSync } from 'node:child_process'
import type { Binary } from './source.js'

export interface Instruction {
  /** Hexadecimal, as jumps name it. */
  readonly address: string
  readonly text: string
}

/** Instructions of every function of the module, by the function's name without its arguments. */
export function disassemble({ path, objdump }: Binary): Map<string, Instruction[]> {
  const dump = (...options: string[]) =>
    execFileSync(objdump, [...options, path], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
      maxBuffer: 64 * 1024 * 1024,
    })
  const sizes = functionSizes(dump('-t'))
  const functions = new Map<string, Instruction[]>()
  let current: Instruction[] = []
  let end = Number.POSITIVE_INFINITY
  for (const line of dump('-dC', '--no-show-raw-insn').split('\n')) {
    const [, start, name] = /^([0-9a-f]+) <(?:qcom_smem::)?([\w:~]+).*>:$/.exec(line) ?? []
    if (start && name) {
      current = []
      functions.set(name, current)
      // What a linker puts behind a function, to reach a far one, is no part of it.
      const from = Number.parseInt(start, 16)
      end = from + (sizes.get(from) ?? Number.POSITIVE_INFINITY)
    }
    const [, address, text] = /^ +([0-9a-f]+):\t(.*)$/.exec(line) ?? []
    if (address && text && Number.parseInt(address, 16) < end)
      current.push({ address, text: text.replace(/\s+/g, ' ').trim() })
  }
  return functions
}

/** Bytes of the functions of a symbol table, by their addresses. */
function functionSizes(table: string): Map<number, number> {
  return new Map(
    [...table.matchAll(/^([0-9a-f]+) .{6}F \S+\t([0-9a-f]+)/gm)].map(([, address, size]) => [
      Number.parseInt(address!, 16),
      Number.parseInt(size!, 16),
    ]),
  )
}

/** What a function calls, or ends in, of other functions: names without namespace and arguments. */
export function callsOf(body: readonly Instruction[]): string[] {
  const targets = body.flatMap(({ text }) => /<(.*)>/.exec(text)?.[1] ?? [])
  // A target inside of a function is a jump of its own.
  const called = targets.filter((target) => !/\+0x[0-9a-f]+$/.test(target))
  return called.map((name) => name.replace(/^qcom_smem::|\(.*|@plt$/g, ''))
}

/** An access to what a register points at: members of objects lie behind it, locals on the stack. */
interface WordAccesses {
  readonly load: RegExp
  readonly store: RegExp
  /** What a compare-and-swap begins with. */
  readonly swap: RegExp
}

const x86: WordAccesses = {
  load: /^mov \(%(?![re]sp)\w+\),%(e\w\w|r\d+d)$/,
  store: /^movl? (%(e\w\w|r\d+d)|\$0x0),\(%(?![re]sp)\w+\)$/,
  swap: /^lock cmpxchg %(e\w\w|r\d+d),\(/,
}

const wordAccesses: Record<string, WordAccesses> = {
  x64: x86,
  ia32: x86,
  arm64: {
    load: /^ldr w\d+, \[x\d+\]$/,
    store: /^str w(\d+|zr), \[x\d+\]$/,
    swap: /<__aarch64_cas4|^ldaxr w|^casal w/,
  },
  arm: {
    load: /^ldr(\.w)? r\d+, \[r\d+(, #0)?\]$/,
    store: /^str(\.w)? r\d+, \[r\d+(, #0)?\]$/,
    swap: /^ldrex r/,
  },
}

const RETURN = /^(ret|bx lr|pop .*\bpc\b)/
const JUMP = /^(jmp|b(\.[nw])?) /
/** Also of the forms that compare with 0 first. */
const BRANCH = /^(j\w+|b\.?(eq|ne|hi|ls|cc|cs|hs|lo)(\.[nw])?|cbn?z) /

/**
 * What other processors see of each way through a function: `load`, `store`, `swap`, `compare` and the names of
 * fences. A loop is gone through once.
 */
export function waysThrough(body: readonly Instruction[], arch: string): string[][] {
  const index = new Map(body.map(({ address }, i) => [address, i]))
  const accesses = Object.entries(wordAccesses[arch]!)
  const ways: string[][] = []
  const follow = (from: number, before: readonly string[], seen: ReadonlySet<number>) => {
    if (seen.has(from) || from >= body.length) return
    const { text } = body[from]!
    const fence = /<qcom_smem::(Fence\w+)\(/.exec(text)?.[1]
    const compare = /^cmp /.test(text) ? 'compare' : undefined
    const event = fence ?? compare ?? accesses.find(([, pattern]) => pattern.test(text))?.[0]
    const events = event === undefined ? before : [...before, event]
    const visited = new Set(seen).add(from)
    const target = index.get(/\b([0-9a-f]+) </.exec(text)?.[1] ?? '')
    const jumps = JUMP.test(text)
    if (RETURN.test(text) || (jumps && target === undefined)) {
      ways.push([...events])
      return
    }
    if (target !== undefined && (jumps || BRANCH.test(text))) follow(target, events, visited)
    if (!jumps) follow(from + 1, events, visited)
  }
  follow(0, [], new Set())
  return ways
}
