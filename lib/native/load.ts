// SPDX-License-Identifier: MIT
// The one place that loads the native module. Nothing is loaded at import: dumps are read without it, on any system.
// What was tried is kept, for `doctor` to tell.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SmemError } from '../errors.js'
import type { NativeBinding } from './binding.js'
import {
  type Candidate,
  candidates,
  type NativeKind,
  namedFile,
  packageRoot,
} from './candidates.js'
import { plainReason } from './reason.js'

export interface NativeAttempt {
  readonly path: string
  /** Why this file was not used, in one sentence. */
  readonly error: string
}

export interface NativeStatus {
  /** The file that is loaded; null where none could be. */
  readonly loaded: string | null
  /** Where it came from. */
  readonly kind: NativeKind | 'none'
  /** The files that could not be used, in the order of the attempts. */
  readonly tried: readonly NativeAttempt[]
  readonly platform: string
  readonly arch: string
  /** `glibc 2.36`, `musl`, or null on systems that are not Linux. */
  readonly libc: string | null
  /** As prebuilt modules are called: `linux-arm64`, `linux-x64-musl`. */
  readonly target: string
  /** What can be done where none is loaded. */
  readonly remedy: string
}

interface Outcome {
  readonly binding: NativeBinding | null
  readonly used: Candidate | null
  readonly tried: readonly NativeAttempt[]
}

let outcome: Outcome | undefined

/** The native module, loaded at the first call. ENODEV (`syscall` is `dlopen`) where there is none. */
export function loadNative(): NativeBinding {
  outcome ??= load()
  if (outcome.binding === null) throw unavailable()
  return outcome.binding
}

/** What came of loading; loads if nobody has yet. Never throws. */
export function nativeStatus(): NativeStatus {
  outcome ??= load()
  const { binding, used, tried } = outcome
  const { platform, arch } = process
  const libc = binding?.libc ?? askLibc()
  const target = `${platform}-${arch}${libc === 'musl' ? '-musl' : ''}`
  return {
    loaded: used?.path ?? null,
    kind: used?.kind ?? 'none',
    tried,
    platform,
    arch,
    libc,
    target,
    remedy: remedyFor(target),
  }
}

function remedyFor(target: string): string {
  if (process.platform !== 'linux') {
    return 'live memory needs Linux, so run it on the board; dumps can be read here with --source file:PATH'
  }
  if (namedFile() !== null) {
    return 'QCOM_SMEM_BINDING names the only file that is tried: name another, or unset it'
  }
  const build = buildCommand()
  return build === null
    ? `name the file in QCOM_SMEM_BINDING; in a bundle, import 'qcom-smem/native/${target}'`
    : `install the package again, or build it, with cmake and a C++ compiler: ${build}`
}

/**
 * The shell command that builds it where this package is: the same in an installed package, which has no development
 * dependencies, and in a checkout. Null without sources.
 */
function buildCommand(): string | null {
  const root = packageRoot()
  if (root === null || !existsSync(join(root, 'CMakeLists.txt'))) return null
  return (
    `cd ${/^[\w@+.,:/-]+$/.test(root) ? root : `'${root}'`} && npm install --prefix build node-addon-api@8 node-api-headers@1 && ` +
    'cmake -S . -B build && cmake --build build'
  )
}

function load(): Outcome {
  const tried: NativeAttempt[] = []
  for (const candidate of candidates()) {
    const { path } = candidate
    try {
      return { binding: open(candidate), used: candidate, tried }
    } catch (error) {
      tried.push({ path, error: plainReason((error as Error).message) })
    }
  }
  return { binding: null, used: null, tried }
}

function open({ load }: Candidate): NativeBinding {
  const exports = load() as Partial<NativeBinding>
  if (exports.map === undefined) throw new Error('not the native module of qcom-smem')
  return exports as NativeBinding
}

/** Takes milliseconds: a module that is loaded knows. */
function askLibc(): string | null {
  if (process.platform !== 'linux') return null
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } }
  const glibc = report?.header?.glibcVersionRuntime
  return glibc === undefined ? 'musl' : `glibc ${glibc}`
}

function unavailable(): SmemError {
  const { tried, platform, arch, libc, remedy } = nativeStatus()
  const machine = [platform, arch, libc].filter((part) => part !== null).join(', ')
  const attempts = tried.map(({ path, error }) => `${path}: ${error}`).join('; ')
  return new SmemError('ENODEV', `the native module cannot be loaded (${machine})`, {
    syscall: 'dlopen',
    origin: 'native',
    hint: `${remedy}${attempts && ` (tried ${attempts})`}`,
  })
}
