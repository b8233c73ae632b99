// SPDX-License-Identifier: MIT
// What the command and its surroundings tell each other beside text: exit codes, environment variables, files.

import { Exit } from '../exit.js'

/** Rows of a table: what, and what it means. */
export type Facts = readonly (readonly [what: string, meaning: string])[]

export const exitCodes: Facts = [
  [Exit.OK, 'fine'],
  [Exit.FINDINGS, 'findings, differences, or a request that was refused'],
  [Exit.USAGE, 'usage, or an input that cannot be used'],
  [Exit.NOT_THERE, 'the item is not there'],
  [Exit.NOT_PERMITTED, 'not permitted'],
  [Exit.NO_SMEM, 'no SMEM here, or none that is initialised'],
  [Exit.CORRUPT, 'the heap is too corrupt to go on, or of an unknown version'],
  [Exit.LOCK_TIMEOUT, 'somebody else has the mutex, or its lock file'],
  [Exit.NO_NATIVE, 'the native module cannot be loaded'],
  [Exit.BUG, 'a bug of qcom-smem'],
].map(([code, meaning]) => [String(code), String(meaning)])

export const environment: Facts = [
  ['QCOM_SMEM_SOURCE', 'the source where --source names none'],
  ['QCOM_SMEM_BINDING', 'the file of the native module, the only one tried'],
  ['XDG_CACHE_HOME', 'where caches lie; else ~/.cache'],
  ['NODE_DISABLE_COMPILE_CACHE', '1: the compiled program is not cached'],
  ['NO_COLOR', 'anything in it: no colours'],
  ['TERM', '`dumb`: no colours, and no screen of `watch`'],
]

export const files: Facts = [
  ['/dev/mem', 'physical memory, of which only SMEM and the word of its mutex are touched'],
  ['/proc/device-tree', 'says where both are on this board'],
  ['~/.cache/qcom-smem', 'the compiled program, for a faster start; may be removed at any time'],
  ['/run/qcom-smem.lock', 'keeps local programs apart, and remembers what a dead one had begun'],
]
