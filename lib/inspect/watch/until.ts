// SPDX-License-Identifier: MIT
// What `watch --until` waits for: comparisons of decoded fields, as `435@1.entries[0].value == 1 and 421 != ""`.
// An item is named as everywhere, its heap by `@host`, its field by the path that events tell. What stands alone on
// the right of a comparison and is a number is one; on the left it is an item.

import { hostByName } from '../../data/hosts.js'
import { itemByName } from '../../data/item-names.js'
import { SmemError } from '../../errors.js'
import type { Scalar } from '../../items/flatten.js'
import type { Sampler } from '../../smem/watch/sampler.js'

/** A field of an item; with an empty path the item itself, which stands for its text. */
export interface FieldRef {
  readonly id: number
  /** undefined: the first heap that has it. */
  readonly host: number | undefined
  readonly path: string
  /** As it was written. */
  readonly text: string
}

/** undefined: there is no such item or field now. */
type Value = Scalar | undefined
type Node = (sampler: Sampler) => Value

export interface Until {
  /** Whether it holds at the last sample. */
  readonly holds: (sampler: Sampler) => boolean
  readonly refs: readonly FieldRef[]
}

/** @throws SmemError EINVAL that says where it is wrong */
export function parseUntil(text: string): Until {
  const parser = new Parser(text)
  const node = parser.all()
  return { holds: (sampler) => isTrue(node(sampler)), refs: parser.refs }
}

const REF =
  /(0x[\da-f]+|\d+|[a-z_]\w*(?:\+\d+)?)(?:@(\w+))?((?:\.[\w$]+|\[(?:\d+|"(?:[^"\\]|\\.)*")\])*)/iy
const NUMBER = /-?(?:0x[\da-f]+|\d+(?:\.\d+)?)(?![\w.@[])/iy
const STRING = /"(?:[^"\\]|\\.)*"|'[^'\\]*'/y
const OPERATOR = /[=!]=|[<>]=?/y
const constants: Readonly<Record<string, Scalar>> = { true: true, false: false, null: null }

const comparisons: Readonly<Record<string, (a: number | string, b: number | string) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

class Parser {
  readonly refs: FieldRef[] = []
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  all(): Node {
    const node = this.#either()
    if (this.#rest() !== '') throw this.#wrong('and, or, or a comparison is expected')
    return node
  }

  #either(): Node {
    const nodes = [this.#both()]
    while (this.#word('or')) nodes.push(this.#both())
    return nodes.length === 1 ? nodes[0]! : (sampler) => nodes.some((node) => isTrue(node(sampler)))
  }

  #both(): Node {
    const nodes = [this.#not()]
    while (this.#word('and')) nodes.push(this.#not())
    return nodes.length === 1
      ? nodes[0]!
      : (sampler) => nodes.every((node) => isTrue(node(sampler)))
  }

  #not(): Node {
    if (!this.#word('not')) return this.#comparison()
    const node = this.#not()
    return (sampler) => !isTrue(node(sampler))
  }

  #comparison(): Node {
    const left = this.#operand(false)
    const operator = this.#take(OPERATOR)?.[0]
    if (operator === undefined) return left
    const right = this.#operand(true)
    return (sampler) => compare(operator, left(sampler), right(sampler))
  }

  #operand(isRight: boolean): Node {
    if (this.#take(/\(/y) !== null) {
      const node = this.#either()
      if (this.#take(/\)/y) === null) throw this.#wrong('a ) is missing')
      return node
    }
    const string = this.#take(STRING)?.[0]
    if (string !== undefined) return constant(unquoted(string))
    const number = isRight ? this.#take(NUMBER)?.[0] : undefined
    if (number !== undefined) return constant(toNumber(number))
    const found = this.#take(REF)
    if (found === null) throw this.#wrong('an item or a value is expected')
    const [text, item, host, path] = found as unknown as [string, string, string?, string?]
    if (Object.hasOwn(constants, text)) return constant(constants[text]!)
    return this.#ref(text, item, host, path?.replace(/^\./, '') ?? '')
  }

  #ref(text: string, item: string, host: string | undefined, path: string): Node {
    const id = /^\d/.test(item) ? Number(item) : itemByName(item)
    if (id === null) throw this.#wrong(`there is no item "${item}"`, text.length)
    const hostId = host === undefined ? undefined : hostOf(host)
    if (hostId === null) throw this.#wrong(`there is no host "${host}"`, text.length)
    const ref: FieldRef = { id, host: hostId, path, text }
    this.refs.push(ref)
    return (sampler) => fieldValue(ref, sampler)
  }

  /** A word of the language, which no item is called. */
  #word(word: string): boolean {
    return this.#take(new RegExp(`${word}(?![\\w@.\\[])`, 'iy')) !== null
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    this.#rest()
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found !== null) this.#at += found[0].length
    return found
  }

  /** What follows the white space. */
  #rest(): string {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at++
    return this.#text.slice(this.#at)
  }

  /** At what comes next, or `back` characters before: at the last word of that length. */
  #wrong(problem: string, back = 0): SmemError {
    const rest = back === 0 ? this.#rest() : this.#text.slice(this.#at - back)
    const where = rest === '' ? 'at its end' : `at "${rest}"`
    return new SmemError('EINVAL', `--until cannot be understood ${where}: ${problem}`, {
      origin: 'input',
      hint: `for example --until 'SMP2P_MODEM_BASE.entries[0].value == 1 and 421 != ""'`,
    })
  }
}

const constant = (value: Scalar) => () => value

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, '$1')
}

function toNumber(text: string): number {
  return text.startsWith('-') ? -Number(text.slice(1)) : Number(text)
}

function hostOf(text: string): number | null {
  return /^\d/.test(text) ? Number(text) : hostByName(text)
}

/** Of a field; of an item without a path, its text: all up to the first NUL. */
function fieldValue({ id, host, path }: FieldRef, sampler: Sampler): Value {
  const watched = sampler.find(id, host)
  if (watched === null) return undefined
  const field = watched.fields?.get(path)
  if (field !== undefined || path !== '') return field
  const bytes = sampler.bytesOf(watched)
  const end = bytes.indexOf(0)
  return bytes.toString('latin1', 0, end < 0 ? bytes.length : end)
}

function isTrue(value: Value): boolean {
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== ''
}

/** null is what is not there. Without a value on both sides nothing else holds: neither `==` nor `!=`. */
function compare(operator: string, left: Value, right: Value): boolean {
  if (right === null) return (left ?? null) === null ? operator === '==' : operator === '!='
  if (left === undefined || left === null || right === undefined) return false
  const [a, b] = comparable(left, right)
  return typeof a === typeof b ? comparisons[operator]!(a, b) : operator === '!='
}

/** Addresses are strings of digits: beside a number, they are numbers. */
function comparable(left: string | number | boolean, right: string | number | boolean) {
  const [a, b] = [left, right].map((value) => (typeof value === 'boolean' ? Number(value) : value))
  if (typeof a === typeof b) return [a!, b!] as const
  return [asNumber(a!), asNumber(b!)] as const
}

function asNumber(value: number | string): number | string {
  return typeof value === 'string' && /^(0x[\da-f]+|-?\d+)$/i.test(value) ? Number(value) : value
}
