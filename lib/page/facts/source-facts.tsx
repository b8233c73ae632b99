// SPDX-License-Identifier: MIT
// Where this memory was looked at, and what the heap says of itself.

import type { PageData } from '../../inspect/page.js'
import { sizeText } from '../item/labels.js'
import { visible } from '../item/text.js'
import { FactList, type FactPair } from './fact-list.js'

export function SourceFacts({ page }: { page: Pick<PageData, 'info' | 'time' | 'tool'> }) {
  const { info, time, tool } = page
  const { source, initialized, version, itemCount, items, freeSpace, board, captured } = info
  const facts: FactPair[] = [
    ['Source', visible(source)],
    ['Board', text(board?.model)],
    ['Compatible', text(board?.compatible.join(', '))],
    ['SoC', text(board?.soc)],
    ['Initialised', initialized === null ? null : initialized ? 'yes' : 'no'],
    ['Version', version && `${version.major}.${version.minor} (${version.raw})`],
    ['Items', items === null ? null : `${items}, ids up to ${(itemCount ?? 0) - 1}`],
    ['Free, global heap', freeSpace === null ? null : sizeText(freeSpace)],
    [
      'Captured',
      captured && `${visible(captured.time)} on ${text(captured.host) ?? 'an unnamed host'}`,
    ],
    ['Captured from', text(captured?.source)],
    ['Kernel', text(captured?.kernel)],
    ['Captured by', captured && visible(`${captured.tool.name} ${captured.tool.version}`)],
    ['Torn', captured && (captured.torn ? 'yes: memory changed while it was copied' : 'no')],
    ['Looked at', <time dateTime={time}>{time.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>],
    ['By', `${tool.name} ${tool.version}`],
  ]
  return <FactList facts={facts} />
}

function text(known: string | null | undefined): string | null {
  return known === null || known === undefined ? null : visible(known)
}
