// SPDX-License-Identifier: MIT
// Is there a native module for this processor and this C library? Without it dumps can be read, live memory cannot.

import { ok, problem, type Verdict } from './finding.js'
import type { Machine } from './machine.js'

export function nativeModule({ native }: Machine): Verdict {
  const here = `this is ${[native.platform, native.arch, native.libc].filter(Boolean).join(', ')}`
  if (native.loaded !== null) return ok('the native module is loaded', [native.loaded, here])
  const tried = native.tried.map(({ path, error }) => `${path}: ${error}`)
  if (native.platform !== 'linux') {
    return problem(
      `live memory cannot be read on ${native.platform}`,
      [here, ...tried],
      'run qcom-smem on the board; dumps can be read here with --source file:PATH',
    )
  }
  return problem(
    'the native module cannot be loaded, so live memory cannot be read',
    [here, ...tried],
    native.build === null
      ? `name the file in QCOM_SMEM_BINDING; in a bundle, import 'qcom-smem/native/${native.target}'`
      : `install the package again, or build it, with cmake and a C++ compiler: ${native.build}`,
  )
}
