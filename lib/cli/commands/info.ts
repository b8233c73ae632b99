// SPDX-License-Identifier: MIT
// `info`: one page about a source, also about one that no driver would accept.

import { hostName } from '../../data/hosts.js'
import { describeSource, type InfoReport } from '../../inspect/info.js'
import { openSource } from '../../source/open.js'
import { type Run, report, warn } from '../command.js'
import { facts } from '../render/columns.js'
import { printable } from '../render/style.js'

export const run: Run = (context) => {
  const source = openSource(context.source)
  try {
    warn(context, source)
    const { report: described, problem } = describeSource(source, context.source)
    report(context, described, () => facts(lines(described), context.style))
    if (problem !== null) context.say(`${problem.code}: ${problem.message}`)
    return undefined
  } finally {
    source.close()
  }
}

function lines(info: InfoReport): [string, string][] {
  const { version, hwlock, board, captured } = info
  return [
    ['source', printable(info.source)],
    ...(captured === null ? [] : [['taken', takenText(captured)] satisfies [string, string]]),
    ['board', board === null ? '-' : printable(board.model ?? board.soc ?? '-')],
    ['base', info.base],
    ['size', bytes(info.size)],
    ['initialised', info.initialized === null ? '-' : info.initialized ? 'yes' : 'no'],
    ['version', version === null ? '-' : `${version.major}.${version.minor} (${version.raw})`],
    ['item ids', info.itemCount === null ? '-' : `below ${info.itemCount}`],
    ['items', info.items === null ? '-' : String(info.items)],
    ['free', info.freeSpace === null ? '-' : bytes(info.freeSpace)],
    ['partitions', info.partitions === null ? '-' : String(info.partitions)],
    ...info.regions.map(({ kind, base, size }): [string, string] => [
      `region ${kind}`,
      `${base}, ${bytes(size)}`,
    ]),
    ['hwlock', hwlock === null ? '-' : `${hwlock.family} at ${hwlock.bank}, lock ${hwlock.index}`],
    ['lock owner', hwlock === null ? '-' : ownerText(hwlock.owner)],
  ]
}

function takenText({ time, host, source, torn }: NonNullable<InfoReport['captured']>): string {
  return printable(`${time} from ${source} on ${host}${torn ? ', torn' : ''}`)
}

/** Firmware writes its host id plus one. */
function ownerText(owner: number | null): string {
  if (owner === null) return 'not readable here; qcom-smem doctor says why'
  if (owner === 0) return 'free'
  return `id ${owner} (${hostName(owner - 1) ?? 'no known host'})`
}

function bytes(count: number): string {
  return count >= 1024 ? `${count} bytes (${+(count / 1024).toFixed(1)} KiB)` : `${count} bytes`
}
