// SPDX-License-Identifier: MIT
// The lane of the decoders: QCOM_SMEM_FUZZ_INPUTS hostile items, a million by default, from QCOM_SMEM_FUZZ_SEED, by
// default a new one. A decoder fails that breaks a promise once, or that never got to decode. The last line is
// "N passed, N failed".

import { fuzz } from './campaign.js'

const inputs = Number(process.env.QCOM_SMEM_FUZZ_INPUTS ?? 1_000_000)
const seed = Number(process.env.QCOM_SMEM_FUZZ_SEED ?? Date.now() % 1e6)

console.log(`${inputs} inputs from seed ${seed}\n`)
const results = await fuzz(inputs, seed)
let failed = 0
for (const { decoder, outcomes, offences } of results) {
  const bad = offences.length > 0 || outcomes.decoded === 0
  const { decoded, refused } = outcomes
  console.log(`${bad ? 'FAIL' : '  ok'}  ${decoder}: ${decoded} decoded, ${refused} refused`)
  for (const told of offences) console.log(`      ${told}`)
  if (bad) failed++
}
console.log(`${results.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 && results.length > 0 ? 0 : 1)
