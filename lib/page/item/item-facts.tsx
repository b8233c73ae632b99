// SPDX-License-Identifier: MIT
// What is known of an item besides its content: place, size, other names and meanings, and all that is wrong.

import type { ComponentChildren } from 'preact'
import type { PageData, PageItem } from '../../inspect/page.js'
import { Explanation } from '../items/explanation.js'
import type { Finding } from '../items/findings.js'
import { heapText, hostText, sizeText } from './labels.js'
import { visible } from './text.js'

interface ItemFactsProps {
  readonly item: PageItem
  readonly page: Pick<PageData, 'hosts' | 'explanations'>
  readonly findings: readonly Finding[]
}

export function ItemFacts({ item, page, findings }: ItemFactsProps) {
  const {
    id,
    address,
    region,
    offset,
    size,
    aliases,
    holds,
    readings,
    tell,
    error,
    undecoded,
    notes,
    bytes,
  } = item
  const facts: [string, ComponentChildren][] = [
    ['Id', id === null ? null : `${id} (0x${id.toString(16)})`],
    ['Host', hostText(item.host, page.hosts)],
    ['Heap', heapText(item)],
    ['Address', address && <code>{address}</code>],
    ['Offset', offset === null ? null : `0x${offset.toString(16)} from ${region}`],
    ['Size', size === null ? null : sizeText(size)],
    ['Also known as', aliases.length === 0 ? null : aliases.join(', ')],
    // Where two generations of firmware use one id for different things, both are told.
    ['Holds', readings.length === 0 ? holds : null],
    ['Holds one of', readings.length === 0 ? null : <Readings readings={readings} />],
    ['To tell', tell],
  ]
  return (
    <>
      {error !== null && (
        <Complaint kind="error" title={`Broken: ${error.code}`}>
          {visible(error.message)}
        </Complaint>
      )}
      {findings.map(({ check, severity, message }) => (
        <Complaint key={`${check} ${message}`} kind={severity} title={`${severity}: ${check}`}>
          {visible(message)}
          {page.explanations[check] !== undefined && (
            <Explanation text={page.explanations[check].text} />
          )}
        </Complaint>
      ))}
      {undecoded !== null && (
        <Complaint kind="warning" title="Not decoded">
          {visible(undecoded)}
        </Complaint>
      )}
      {error === null && bytes === null && (
        <Complaint kind="info" title="No bytes">
          They cannot be read, or only other processors may look at them.
        </Complaint>
      )}
      {notes.map((note) => (
        <Complaint key={note} kind="info" title="Note">
          {visible(note)}
        </Complaint>
      ))}
      <dl class="item-facts">
        {facts
          .filter(([, value]) => value !== null)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </>
  )
}

function Readings({ readings }: Pick<PageItem, 'readings'>) {
  return (
    <ul>
      {readings.map(({ name, holds }) => (
        <li key={name}>
          {name}: {holds}
        </li>
      ))}
    </ul>
  )
}

interface ComplaintProps {
  readonly kind: 'error' | 'warning' | 'info'
  readonly title: string
  readonly children: ComponentChildren
}

function Complaint({ kind, title, children }: ComplaintProps) {
  return (
    <div class={`notice ${kind}`}>
      <strong>{title}</strong>
      <div>{children}</div>
    </div>
  )
}
