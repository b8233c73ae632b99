// SPDX-License-Identifier: MIT
// `claim ITEM`: makes this the one program that uses an item, among those that ask, for as long as a command runs;
// without one until this is ended. The claim ends with this process, however that ends.

import { hostName } from '../../data/hosts.js'
import { itemName } from '../../data/item-names.js'
import { SmemError } from '../../errors.js'
import { claimReport } from '../../inspect/claim.js'
import { claimsIn } from '../../inspect/lock.js'
import type { Claim } from '../../lock/claim.js'
import { Smem } from '../../smem.js'
import { parseHost, parseItem } from '../arguments.js'
import { runCommand } from '../child.js'
import { jsonText, type Run } from '../command.js'
import { parsePolicy } from '../policy.js'
import { processText } from '../render/lock.js'
import { isPassing } from '../render/source.js'

export const run: Run = async (context, [name, ...command], options) => {
  const id = parseItem(name!)
  const host = typeof options.host === 'string' ? parseHost(options.host) : undefined
  const { lockFile } = parsePolicy(options)
  using smem = Smem.open({ ...context.source, lockFile })
  using claimed = take(smem, id, host)
  const { name: source } = smem.source
  if (context.json) context.out(jsonText(claimReport(smem.source, claimed)))
  context.say(`${named(claimed)} is ours${command.length === 0 ? ' until this is ended' : ''}`)
  if (isPassing(source)) context.say('Nobody else sees this fake SoC: the claim keeps nobody out.')
  return command.length === 0 ? waitForever() : await runCommand(context, command)
}

function take(smem: Smem, id: number, host: number | undefined): Claim {
  try {
    return smem.claim(id, { host })
  } catch (error) {
    if (!(error instanceof SmemError && error.code === 'EBUSY')) throw error
    const holders = claimsIn(smem.source.lockFile!)
      .filter((one) => one.item === id && one.host === (host ?? null))
      .map(({ pid, command }) => processText(pid, command))
    if (holders.length === 0) throw error
    const { message, item } = error
    throw new SmemError('EBUSY', `${message}: ${holders.join(', ')}`, { item, host, cause: error })
  }
}

function named({ id, host }: Claim): string {
  const where = host === null ? '' : ` of ${hostName(host) ?? `host ${host}`}`
  const name = itemName(id)
  return `${name === null ? `item ${id}` : `${name} (${id})`}${where}`
}

/** Signals keep their default action, and end it. */
function waitForever(): never {
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
