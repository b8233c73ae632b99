// SPDX-License-Identifier: MIT
// The start of the one-file program: its parts stand in a comment at the end of the file, and each is read and compiled
// when it is first asked for. scripts/bundle.js makes that file; nothing else uses this module.

import { openSync, readSync, statSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Script } from 'node:vm'
import { CompileCache } from './compile-cache.js'

/** How the text of a unit stands in the comment. */
export const Form = { PLAIN: 0, ESCAPED: 1, PACKED: 2 } as const

export interface Program {
  /** Of all texts. */
  readonly id: string
  /** The unit that a part is compiled with. */
  readonly unitOf: Readonly<Record<string, number>>
  /** Where the units stand, from the end of the file, and in which form. */
  readonly units: readonly (readonly [before: number, size: number, form: number])[]
}

type Part = (
  load: Load,
  module: Module,
  exports: object,
  bundleUrl: string,
  provide: (exports: object, getters: Getters) => void,
) => void
type Getters = Readonly<Record<string, () => unknown>>
type Load = (name: string) => unknown
interface Module {
  exports: object
}

/** What must not end the comment, and what stands for it there. */
export const COMMENT_END = '*/'
export const ESCAPED_END = '*\x01/'

/** @param require node's own, for what is no part: built-in modules, and files of the user's */
export function start(file: string, { id, unitOf, units }: Program, require: NodeJS.Require): void {
  const bundleUrl = pathToFileURL(file).href
  const fd = openSync(file, 'r')
  const { size } = statSync(file)
  const cache = CompileCache.of(id, { env: process.env, user: process.geteuid?.() })
  const scripts = new Map<number, Script>()
  const compiled = new Map<number, Record<string, Part>>()
  const loaded = new Map<string, Module>()
  let fresh = 0

  const textOf = (unit: number) => {
    const [before, length, form] = units[unit]!
    const bytes = Buffer.allocUnsafeSlow(length)
    readSync(fd, bytes, 0, length, size - before)
    const text = bytes.toString('latin1')
    if (form === Form.PLAIN) return text
    if (form === Form.ESCAPED) return text.replaceAll(ESCAPED_END, COMMENT_END)
    const packed = Buffer.from(text, 'base64')
    return (require('node:zlib') as typeof import('node:zlib'))
      .inflateRawSync(packed)
      .toString('latin1')
  }
  const keep = () => {
    const made = [...scripts].map(([unit, script]) => [unit, script.createCachedData()] as const)
    cache?.save(new Map(made))
  }
  const compile = (unit: number) => {
    const cachedData = cache?.get(unit)
    const script = new Script(textOf(unit), { filename: file, cachedData })
    scripts.set(unit, script)
    // By its end the run has compiled what such runs need.
    const known = cachedData !== undefined && script.cachedDataRejected === false
    if (!known && cache !== null && fresh++ === 0) process.on('exit', keep)
    return script.runInThisContext() as Record<string, Part>
  }
  const load: Load = (name) => {
    const unit = unitOf[name]
    if (unit === undefined) return require(name.startsWith('file:') ? fileURLToPath(name) : name)
    const known = loaded.get(name)
    if (known !== undefined) return known.exports
    const module: Module = { exports: {} }
    loaded.set(name, module)
    const parts = compiled.get(unit) ?? compile(unit)
    compiled.set(unit, parts)
    parts[name]!(load, module, module.exports, bundleUrl, provide)
    return module.exports
  }
  load('./main.js')
}

/** As the exports of a module are seen: whoever loaded it in a circle sees them when they are there. */
function provide(exports: object, getters: Getters): void {
  Object.defineProperty(exports, '__esModule', { value: true })
  for (const name in getters) {
    Object.defineProperty(exports, name, { get: getters[name]!, enumerable: true })
  }
}
