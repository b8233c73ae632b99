// SPDX-License-Identifier: MIT
// The partition table, with how full each partition is.

import type { PageData } from '../../inspect/page.js'
import { shortSize } from '../item/labels.js'
import { ScrollBox } from '../item/scroll-box.js'
import { visible } from '../item/text.js'
import { hostColor } from '../shell/palette.js'
import { type Fill, fillOf, type Partition, partitionTitle } from './fill.js'

export function Partitions({ page }: { page: Pick<PageData, 'partitions' | 'hosts'> }) {
  const { partitions, hosts } = page
  if (partitions.length === 0) {
    return <p class="fact-none">None: this heap has no partition table.</p>
  }
  return (
    <ScrollBox class="fact-wide" label="Partitions">
      <table class="fact-table partitions">
        <caption class="sr-only">Partitions</caption>
        <thead>
          <tr>
            <th scope="col" class="number">
              #
            </th>
            <th scope="col">Between</th>
            <th scope="col">Address</th>
            <th scope="col" class="number">
              Size
            </th>
            <th scope="col" class="number">
              Free
            </th>
            <th scope="col">
              Filled{' '}
              <span class="partition-legend">uncached from the left, cached from the right</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {partitions.map((partition) => (
            <PartitionRow key={partition.index} partition={partition} hosts={hosts} />
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

interface PartitionRowProps {
  readonly partition: Partition
  readonly hosts: PageData['hosts']
}

function PartitionRow({ partition, hosts }: PartitionRowProps) {
  const { index, address, size, free, error, global, host0, host1 } = partition
  const fill = fillOf(partition)
  const remote = global ? null : host0 === 0 ? host1 : host0
  return (
    <tr>
      <td class="number">{index}</td>
      <th scope="row">{partitionTitle(partition, hosts)}</th>
      <td class="mono">{address}</td>
      <td class="number">{shortSize(size)}</td>
      <td class="number">{free === null ? '–' : shortSize(free)}</td>
      <td>
        {fill !== null && <FillBar fill={fill} color={hostColor(remote)} />}
        {error !== null && (
          <span class="fact-error">
            {error.code}: {visible(error.message)}
          </span>
        )}
        {fill === null && error === null && <span class="fact-none">not ours to look into</span>}
      </td>
    </tr>
  )
}

function FillBar({ fill, color }: { fill: Fill; color: string }) {
  const { uncached, free, cached } = fill
  const whole = uncached + free + cached
  const percent = (size: number) => `${whole === 0 ? 0 : (size / whole) * 100}%`
  const told = `${shortSize(uncached)} uncached, ${shortSize(cached)} cached, ${shortSize(free)} free`
  return (
    <div class="fill" title={told}>
      <div class="fill-bar" role="img" aria-label={told}>
        <div class="fill-uncached" style={{ width: percent(uncached), background: color }} />
        <div style={{ width: percent(free) }} />
        <div class="fill-cached" style={{ width: percent(cached), color }} />
      </div>
      <span class="fill-text">{Math.round(((whole - free) / Math.max(whole, 1)) * 100)} %</span>
    </div>
  )
}
