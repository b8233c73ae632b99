// SPDX-License-Identifier: MIT
// The sources and binaries of the native module, for the tests that read them.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const root = dirname(createRequire(import.meta.url).resolve('qcom-smem/package.json'))

export function projectFile(name: string): string {
  return join(root, name)
}

export function readProjectFile(name: string): string {
  return readFileSync(projectFile(name), 'utf8')
}

/** Names of the C++ files, `native/fence.cc` and so on. */
export const sources: readonly string[] = readdirSync(projectFile('native'))
  .filter((name) => /\.(h|cc)$/.test(name))
  .map((name) => `native/${name}`)
  .sort()

/** A word of the ELF header that names the processor, and Debian's name for its binutils. */
const machines: Record<number, { arch: string; objdump: string }> = {
  3: { arch: 'ia32', objdump: 'i686-linux-gnu-objdump' },
  40: { arch: 'arm', objdump: 'arm-linux-gnueabihf-objdump' },
  62: { arch: 'x64', objdump: 'x86_64-linux-gnu-objdump' },
  183: { arch: 'arm64', objdump: 'aarch64-linux-gnu-objdump' },
}

export interface Binary {
  readonly path: string
  readonly arch: string
  readonly objdump: string
}

/** Every build of the module that is there, but for instrumented ones: their code is not what is shipped. */
export function binaries(): Binary[] {
  const folders = [
    ...['build/Release', 'build-arm64/Release', 'build-arm/Release'],
    ...['x64', 'arm64', 'arm', 'x64-musl', 'arm64-musl'].map(
      (arch) => `build/prebuild/linux-${arch}/Release`,
    ),
  ]
  const paths = folders.map((folder) => projectFile(`${folder}/qcom_smem.node`))
  const named = process.env.QCOM_SMEM_BINDING
  return [...new Set(named ? [...paths, named] : paths)].filter(existsSync).flatMap((path) => {
    const bytes = readFileSync(path)
    const machine = machines[bytes.readUInt16LE(18)]
    return machine === undefined || bytes.includes('__asan_init') ? [] : [{ path, ...machine }]
  })
}
