// SPDX-License-Identifier: MIT
// What became of a process that had died with the lock, in words.

import type { Recovered } from '../../lock/heap-lock.js'

export const recoveredText: Record<Recovered, string> = {
  dropped: 'it held nothing, and had stored nothing or all of it',
  released: 'it held the mutex and had stored nothing; the mutex is released',
  completed: 'it had stored a part; now all of it is stored, and the mutex is released',
  torn: 'it had stored a part when the mutex was taken from it, and the rest is lost: qcom-smem verify says what that broke',
}
