// SPDX-License-Identifier: MIT
// Runs in the guest: what the library makes of live items. Arguments: `ID` or `ID:HOST`, one for each. Prints their
// values in order; null where no decoder knows the item.

import { Smem } from '#lib/index.js'

const smem = Smem.open()
const values = process.argv.slice(2).map((argument) => {
  const [id = 0, host] = argument.split(':').map(Number)
  return smem.get(id, { host }).decode()
})
smem.close()
console.log(JSON.stringify(values))
