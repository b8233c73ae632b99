// SPDX-License-Identifier: MIT
// Is there a native module for this processor and this C library? Without it dumps can be read, live memory cannot.

import { ok, problem, type Verdict } from './finding.js'
import type { Machine } from './machine.js'

export function nativeModule({ native }: Machine): Verdict {
  const here = `this is ${[native.platform, native.arch, native.libc].filter(Boolean).join(', ')}`
  if (native.loaded !== null) return ok('the native module is loaded', [native.loaded, here])
  const tried = native.tried.map(({ path, error }) => `${path}: ${error}`)
  const title =
    native.platform === 'linux'
      ? 'the native module cannot be loaded, so live memory cannot be read'
      : `live memory cannot be read on ${native.platform}`
  return problem(title, [here, ...tried], native.remedy)
}
