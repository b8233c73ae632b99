// SPDX-License-Identifier: MIT
// The files that may be the native module, in the order they are tried. A file named by the environment is the only one
// that will do: another would be a surprise. Else a program that is one bundle has brought its own; else a local build
// wins over a prebuilt, because somebody wanted it.

import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assertLoadable } from './reason.js'

/** Where a native module came from. */
export type NativeKind = 'named' | 'bundled' | 'local build' | 'prebuilt'

export interface Candidate {
  readonly kind: NativeKind
  /** The file; of a bundled one, the entry point that brought it. */
  readonly path: string
  /** What `require` of the file gives. @throws Error as process.dlopen */
  readonly load: () => unknown
}

const bundled: Candidate[] = []

/**
 * Called by the entry points `qcom-smem/native/*`: `load` is a call that bundlers see through. They may make of it the
 * module, or the path of a file beside `folder`. Nothing is loaded before it is needed.
 */
export function bringNative(target: string, load: () => unknown, folder?: string): void {
  bundled.push({
    kind: 'bundled',
    path: `qcom-smem/native/${target}`,
    load: () => {
      const brought = load()
      return typeof brought === 'string' ? dlopen(resolve(folder ?? '.', brought)) : brought
    },
  })
}

/** The only file that may be loaded, where somebody said so. */
export function namedFile(): string | null {
  const named = process.env.QCOM_SMEM_BINDING
  return named === undefined || named === '' ? null : resolve(named)
}

export function candidates(): Candidate[] {
  const named = namedFile()
  if (named !== null) return [inFile('named', named)]
  const target = `${process.platform}-${process.arch}`
  // Asking which libc this is takes longer than trying both.
  const libcs = process.platform === 'linux' ? ['', '-musl'] : ['']
  const root = packageRoot()
  const file = (folder: string) => join(root ?? '', folder, 'qcom_smem.node')
  return [
    ...bundled,
    ...(root === null
      ? []
      : [
          inFile('local build', file('build/Release')),
          inFile('local build', file('build/Debug')),
          ...libcs.map((libc) => inFile('prebuilt', file(`prebuilds/${target}${libc}`))),
        ]),
  ]
}

/** What the package has beside `dist`: binaries, and what they are built from. Each may have been left out. */
const marks = ['prebuilds', 'CMakeLists.txt']

/**
 * Two folders above `dist/native/`, or one above the command `dist/cli.cjs`. Null inside a bundle of somebody else's,
 * which has no such folder.
 */
export function packageRoot(): string | null {
  if (import.meta.url === undefined) return null
  const here = dirname(fileURLToPath(import.meta.url))
  const above = [resolve(here, '..'), resolve(here, '../..')]
  return above.find((folder) => marks.some((name) => existsSync(join(folder, name)))) ?? null
}

function inFile(kind: NativeKind, path: string): Candidate {
  return {
    kind,
    path,
    load: () => dlopen(path),
  }
}

function dlopen(path: string): unknown {
  assertLoadable(path)
  const module = { exports: {} }
  process.dlopen(module, path)
  return module.exports
}
