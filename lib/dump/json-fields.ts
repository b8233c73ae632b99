// SPDX-License-Identifier: MIT
// Fields of a JSON object that somebody else has written: each is what it should be, or the object is refused with
// the name of the field. Limits keep what is hostile small.

import { hexAddress, SmemError } from '../errors.js'

/** Text of a board or a kernel is a line, not a book. */
const LONGEST_TEXT = 4096
const LONGEST_LIST = 4096

export class JsonFields {
  readonly #values: Readonly<Record<string, unknown>>
  readonly #path: string

  /** @throws SmemError EINVAL where `value` is no object */
  constructor(value: unknown, path = '') {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      throw wrong(path === '' ? 'it' : path, 'no object')
    }
    this.#values = value as Record<string, unknown>
    this.#path = path
  }

  text(name: string): string {
    const value = this.#values[name]
    if (isText(value)) return value
    throw this.#wrong(name, `no text of at most ${LONGEST_TEXT} characters`)
  }

  /** One of a few words. */
  word<const W extends string>(name: string, words: readonly W[]): W {
    const value = words.find((word) => word === this.#values[name])
    if (value !== undefined) return value
    throw this.#wrong(name, `none of ${words.join(', ')}`)
  }

  flag(name: string): boolean {
    const value = this.#values[name]
    if (typeof value === 'boolean') return value
    throw this.#wrong(name, 'neither true nor false')
  }

  /** A whole number from 0 to `most`. */
  count(name: string, most = Number.MAX_SAFE_INTEGER): number {
    const value = this.#values[name]
    if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most) {
      return value as number
    }
    throw this.#wrong(name, `no whole number from 0 to ${most}`)
  }

  /** Written by `hexAddress`. */
  address(name: string): number {
    const value = this.#values[name]
    const address =
      typeof value === 'string' && /^0x[0-9a-f]{8,14}$/.test(value) ? Number(value) : -1
    if (Number.isSafeInteger(address) && address >= 0) return address
    throw this.#wrong(name, `no address such as "${hexAddress(0x86000000)}"`)
  }

  texts(name: string): string[] {
    const list = this.#list(name)
    if (list.every(isText)) return [...list]
    throw this.#wrong(name, 'no list of texts')
  }

  objects(name: string): JsonFields[] {
    return this.#list(name).map((value, i) => new JsonFields(value, `${this.#at(name)}[${i}]`))
  }

  object(name: string): JsonFields {
    return new JsonFields(this.#values[name], this.#at(name))
  }

  /** null where the field is, else what `read` makes of it. */
  orNull<T>(name: string, read: () => T): T | null {
    return this.#values[name] === null ? null : read()
  }

  #list(name: string): readonly unknown[] {
    const value = this.#values[name]
    if (Array.isArray(value) && value.length <= LONGEST_LIST) return value
    throw this.#wrong(name, 'no list')
  }

  #at(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`
  }

  #wrong(name: string, what: string): SmemError {
    return wrong(this.#at(name), what)
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_TEXT
}

function wrong(path: string, what: string): SmemError {
  return new SmemError('EINVAL', `${path} is ${what}`)
}
