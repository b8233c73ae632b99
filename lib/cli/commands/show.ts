// SPDX-License-Identifier: MIT
// `show ITEM`: decoded, as a hexdump with its fields, or its raw bytes for another program.

import { hostName } from '../../data/hosts.js'
import { itemFacts } from '../../data/item-facts.js'
import { hexAddress, SmemError } from '../../errors.js'
import { type ShownItem, type ShowReport, showItem } from '../../inspect/show.js'
import { Item } from '../../item.js'
import { Smem } from '../../smem.js'
import { parseHost, parseItem, usage } from '../arguments.js'
import { type Context, type Options, type Run, report, warn } from '../command.js'
import { decodedText } from '../render/decoded.js'
import { hexdump } from '../render/hexdump.js'
import { servedGlobally } from '../render/host.js'
import { labelledHexdump } from '../render/labelled-hexdump.js'
import { printable } from '../render/style.js'

export const run: Run = (context, [name], options) => {
  const id = parseItem(name!)
  const host = typeof options.host === 'string' ? parseHost(options.host) : undefined
  const raw = isRaw(context, options)
  using smem = Smem.open(context.source)
  warn(context, smem.source)
  const shown = showItem(readable(smem, id, host, context), smem.source.board)
  if (raw) context.out(shown.bytes)
  else report(context, shown.report, () => text(shown, options.hex === true, context))
  if (host !== undefined && shown.report.item.host === null) context.say(servedGlobally(host))
  for (const note of shown.report.notes) context.say(`note: ${note}`)
  const { undecoded } = shown.report
  if (undecoded !== null) context.say(`not decoded: ${undecoded.message}`)
  return undefined
}

/** @throws SmemError EINVAL where something else is asked for as well */
function isRaw({ json }: Context, { raw, hex }: Options): boolean {
  if (raw !== true) return false
  if (json) throw usage('both the bytes and JSON want the standard output', rawHint('--json'))
  if (hex === true) throw usage('an item is shown as a hexdump or raw, not both', rawHint('--hex'))
  return true
}

const rawHint = (option: string) => `leave out --raw or ${option}`

/** As the kernel finds it; where it gives up in front of a break, as the listing still shows it. */
function readable(smem: Smem, id: number, host: number | undefined, context: Context): Item {
  try {
    return smem.get(id, { host })
  } catch (error) {
    if (!(error instanceof SmemError)) throw error
    const listed = smem.items().filter((item) => item instanceof Item && item.id === id) as Item[]
    if (error.code === 'ENOENT' || error.code === 'ENXIO') throw elsewhere(error, listed)
    const here = listed.find((item) => item.host === (host ?? null))
    if (error.code !== 'EINVAL' || here === undefined) throw error
    context.say(`warning: the kernel would refuse this item: ${error.message}`)
    return here
  }
}

/** An item that other heaps have is missing for want of an option. */
function elsewhere(error: SmemError, listed: readonly Item[]): SmemError {
  if (listed.length === 0) return error
  const options = listed.map(({ host }) =>
    host === null ? 'without --host' : `with --host ${hostName(host) ?? host}`,
  )
  const { code, message, address, item, host } = error
  const hint = `it is there ${options.join(', or ')}`
  return new SmemError(code, message, { address, item, host, hint, cause: error })
}

function text({ report, bytes }: ShownItem, hex: boolean, { style }: Context): string {
  const { id, name, address, size, host } = report.item
  const where = host === null ? '' : `, host ${host}`
  const title = `${name ?? `item ${id}`} (${id}${where}): ${size} bytes at ${address ?? hexAddress(0)}`
  const other = [...otherNames(id!), ...treeLines(report.deviceTree)].map(
    (line) => `${style.dim(printable(line))}\n`,
  )
  return `${style.bold(title)}\n${other.join('')}${body()}`

  function body(): string {
    if (report.decoder === null) return hexdump(bytes)
    return hex
      ? labelledHexdump(bytes, report.fields, report.value, style)
      : decodedText(report.value, style)
  }
}

/** What else the id is called, or means: which it is here only the firmware's makers know. */
function otherNames(id: number): string[] {
  const facts = itemFacts(id)
  if (facts === null) return []
  const { readings, tell, aliases } = facts
  if (readings.length === 1) {
    return aliases.length === 0
      ? []
      : [`also known as ${aliases.map(({ name }) => name).join(', ')}`]
  }
  const both = readings.map(
    ({ name, holds }, i) => `${i === 0 ? 'either ' : 'or     '}  ${name}: ${holds}`,
  )
  return tell === null ? both : [...both, `to tell  ${tell}`]
}

/** Which words of an SMP2P item the kernel uses, by the device tree. */
function treeLines(node: ShowReport['deviceTree']): string[] {
  if (node === null) return []
  const does = node.direction === 'in' ? 'listens to' : 'sets'
  const words = node.entries.length === 0 ? 'nothing in it' : node.entries.join(', ')
  return [`device tree: ${node.node}, by which the kernel ${does} ${words}`]
}
