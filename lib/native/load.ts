// SPDX-License-Identifier: MIT
// The one place that loads the native module. Nothing is loaded at import: dumps are read without it,
// on any system. A local build wins over a prebuilt; what was tried is kept, for `doctor` to tell.

import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SmemError } from '../errors.js'
import type { NativeBinding } from './binding.js'

export interface NativeAttempt {
  readonly path: string
  /** Why this file was not used: the loader's own words. */
  readonly error: string
}

export interface NativeStatus {
  /** The file that is loaded; null where none could be. */
  readonly loaded: string | null
  /** The files that could not be used, in the order of the attempts. */
  readonly tried: readonly NativeAttempt[]
  readonly platform: string
  readonly arch: string
  /** `glibc 2.36`, `musl`, or null on systems that are not Linux. */
  readonly libc: string | null
}

interface Outcome {
  readonly binding: NativeBinding | null
  readonly loaded: string | null
  readonly tried: readonly NativeAttempt[]
}

let outcome: Outcome | undefined

/** The native module, loaded at the first call. ENODEV (`syscall` is `dlopen`) where there is none. */
export function loadNative(): NativeBinding {
  outcome ??= load()
  if (outcome.binding === null) throw unavailable(outcome.tried)
  return outcome.binding
}

/** What came of loading; loads if nobody has yet. Never throws. */
export function nativeStatus(): NativeStatus {
  outcome ??= load()
  const { loaded, tried } = outcome
  return { loaded, tried, platform: process.platform, arch: process.arch, libc: libc() }
}

function load(): Outcome {
  const tried: NativeAttempt[] = []
  for (const path of candidates()) {
    try {
      return { binding: open(path), loaded: path, tried }
    } catch (error) {
      tried.push({ path, error: (error as Error).message })
    }
  }
  return { binding: null, loaded: null, tried }
}

/** A file named by the environment is the only one that will do: another would be a surprise. */
function candidates(): string[] {
  const named = process.env.QCOM_SMEM_BINDING
  if (named !== undefined && named !== '') return [resolve(named)]
  const target = `${process.platform}-${process.arch}`
  const folders = [
    'build/Release',
    'build/Debug',
    `prebuilds/${target}`,
    // Asking which libc this is takes longer than trying both.
    ...(process.platform === 'linux' ? [`prebuilds/${target}-musl`] : []),
  ]
  return folders.map((folder) => join(packageRoot(), folder, 'qcom_smem.node'))
}

function open(path: string): NativeBinding {
  if (!existsSync(path)) throw new Error('no such file')
  const module = { exports: {} as Partial<NativeBinding> }
  process.dlopen(module, path)
  if (module.exports.map === undefined) throw new Error('not the native module of qcom-smem')
  return module.exports as NativeBinding
}

/** Two folders above `dist/native/load.js`, or one above the bundle `dist/cli.cjs`. */
function packageRoot(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const above = [resolve(here, '..'), resolve(here, '../..')] as const
  return above.find((folder) => existsSync(join(folder, 'package.json'))) ?? above[1]
}

function libc(): string | null {
  if (process.platform !== 'linux') return null
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } }
  const glibc = report?.header?.glibcVersionRuntime
  return glibc === undefined ? 'musl' : `glibc ${glibc}`
}

function unavailable(tried: readonly NativeAttempt[]): SmemError {
  const machine = [process.platform, process.arch, libc()]
    .filter((part) => part !== null)
    .join(', ')
  const attempts = tried.map(({ path, error }) => `${path}: ${oneLine(error)}`).join('; ')
  const remedy =
    process.platform === 'linux'
      ? `build it with: cd ${packageRoot()} && npm install && npm run build:native`
      : 'live memory needs Linux; dumps can be read here with --source file:PATH'
  return new SmemError('ENODEV', `the native module cannot be loaded (${machine})`, {
    syscall: 'dlopen',
    origin: 'native',
    hint: `${remedy} (tried ${attempts})`,
  })
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ')
}
