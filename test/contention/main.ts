// SPDX-License-Identifier: MIT
// Four processes of ours with two threads each, a modem and an ADSP allocate in the same heaps, in one fresh SoC
// after the other; after each the books are checked. QCOM_SMEM_CONTENTION_SECONDS says how long they contend, 60 by
// default and without the checking, QCOM_SMEM_CONTENTION_SEED from which seed. The last line is "N passed, N failed".

import { FakeSoc } from '#lib/testing/fake-soc.js'
import { nodeCommand } from '../node.js'
import { arenaOf } from './arena.js'
import { Figures } from './figures.js'
import { outcomeOf } from './heap-state.js'
import { playRound, type Round } from './round.js'
import { control, rules } from './rules.js'
import { Team } from './team.js'

const seconds = Number(process.env.QCOM_SMEM_CONTENTION_SECONDS ?? 60)
const firstSeed = Number(process.env.QCOM_SMEM_CONTENTION_SEED ?? Date.now() % 1e6)
/** Of each rule, so many offences are told. */
const TOLD = 5
/** One round is enough, unless the machine is so busy that nobody meets anybody. */
const CONTROLS = 10

const figures = new Figures()
const offences = new Map<string, string[]>(rules.map(({ name }) => [name, []]))

const waiting = FakeSoc.create()
const options = { command: nodeCommand() }
const remotes = [await waiting.remote('modem', options), await waiting.remote('adsp', options)]
waiting.close()
const team = new Team()

/** What is broken after a round, by rule. */
function judge(round: Round): Map<string, string[]> {
  const outcome = outcomeOf(round)
  return new Map(rules.map(({ name, broken }) => [name, broken(outcome, round)]))
}

let rounds = 0
for (; figures.seconds < seconds || rounds < 2; rounds++) {
  const seed = firstSeed + rounds
  const round = await playRound(arenaOf(rounds), seed, team, remotes)
  figures.add(round)
  for (const [name, problems] of judge(round)) {
    for (const problem of problems) offences.get(name)!.push(`seed ${seed}, ${problem}`)
  }
  round.soc.close()
}

// The control: where the remotes ignore the lock, items are lost, or this proves nothing.
let wrong = false
for (let attempt = 0; attempt < CONTROLS && !wrong; attempt++) {
  const round = await playRound(arenaOf(0), firstSeed + attempt, team, remotes, true)
  wrong = judge(round).get(control)!.length > 0
  round.soc.close()
}
offences.set('without the lock items are lost', wrong ? [] : [`not once in ${CONTROLS} rounds`])

await team.leave()
for (const remote of remotes) await remote.close()

// What nobody ran into was not tested.
const missing = ['granted', 'EEXIST', 'ENOSPC', 'ENOMEM'].filter(
  (code) => figures.count(code) === 0,
)
offences.set('everything that can happen did', missing)

console.log(`\n${rounds} rounds from seed ${firstSeed}, ${figures}\n`)
let failed = 0
for (const [name, problems] of offences) {
  console.log(`${problems.length === 0 ? '  ok' : 'FAIL'}  ${name}`)
  for (const problem of problems.slice(0, TOLD)) console.log(`      ${problem}`)
  if (problems.length > TOLD) console.log(`      and ${problems.length - TOLD} more`)
  if (problems.length > 0) failed++
}
console.log(`${offences.size - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
