// SPDX-License-Identifier: MIT
// Restarts of subsystems, as SMEM shows them: a heap that is emptied, and the handshake in the flags of SMP2P, where
// each restart of the writer toggles one bit and the reader answers with another. Two restarts between two samples
// look like none. Source: Linux drivers/soc/qcom/smp2p.c.

import type { Counter } from 'prom-client'
import { ItemId } from '../../data/item-names.js'
import { RESTART_ACK, RESTART_DONE, SSR_ACK } from '../../items/smp2p.js'
import { smp2pEdgeOf, smp2pReplyOf } from '../../items/smp2p-edges.js'
import type { WatchEvent } from '../../smem/watch/event.js'
import type { Sampler } from '../../smem/watch/sampler.js'
import type { Instruments, Present } from './instruments.js'
import type { Labels, LabelValues } from './label-values.js'

interface Place {
  readonly id: number
  readonly host: number | null
}

export class RestartMetrics {
  readonly #values: LabelValues
  readonly #restarts: Counter
  readonly #pending: Present

  constructor(instruments: Instruments, values: LabelValues) {
    this.#values = values
    this.#restarts = instruments.counter(
      'qcom_smem_smp2p_restarts_total',
      'Restarts that the flags of an SMP2P item have told.',
      'writer',
      'reader',
    )
    this.#pending = instruments.gauge(
      'qcom_smem_smp2p_restart_pending',
      'Whether the reader has not acknowledged the last restart of the writer.',
      'writer',
      'reader',
    )
  }

  /** Whether the event tells a restart, it is counted; one that is seen for the first time starts at zero. */
  sampled({ kind, id, host, decoder, fields }: WatchEvent, localHost: number): void {
    if (decoder !== 'smp2p' || id === null || fields === null) return
    const flags = fields.find(({ path }) => path === 'flags')
    const toggled =
      kind === 'changed' &&
      typeof flags?.before === 'number' &&
      typeof flags.after === 'number' &&
      ((flags.before ^ flags.after) & RESTART_DONE) !== 0
    this.#restarts.inc(this.#labels({ id, host }, localHost), toggled ? 1 : 0)
  }

  look(sampler: Sampler, localHost: number): void {
    for (const { item, decoder, fields } of sampler.watched) {
      if (decoder !== 'smp2p') continue
      const { host } = item
      const reply = sampler.find(smp2pReplyOf(item.id), host)?.fields
      if (!agreed(fields, reply)) continue
      const done = has(fields, 'flags', RESTART_DONE)
      const pending = done !== has(reply, 'flags', RESTART_ACK)
      this.#pending.set(this.#labels({ id: item.id, host }, localHost), pending ? 1 : 0)
    }
  }

  #labels({ id, host }: Place, localHost: number): Labels {
    const edge = smp2pEdgeOf(id) ?? genericEdge({ id, host }, localHost)
    return { writer: this.#values.host(edge.from), reader: this.#values.host(edge.to) }
  }
}

type Fields = ReadonlyMap<string, unknown> | null | undefined

/** Two ids say only in which direction; the host of the partition is the other end. */
function genericEdge({ id, host }: Place, localHost: number): { from: number; to: number } {
  const remote = host ?? localHost
  const out = id === ItemId.SMP2P_GENERIC_OUT
  return out ? { from: localHost, to: remote } : { from: remote, to: localHost }
}

/** Whether both speak the same version, and both know how to acknowledge. */
function agreed(fields: Fields, reply: Fields): boolean {
  return (
    fields?.get('valid') === true &&
    reply?.get('valid') === true &&
    fields.get('version') === reply.get('version') &&
    has(fields, 'features', SSR_ACK) &&
    has(reply, 'features', SSR_ACK)
  )
}

function has(fields: Fields, path: string, bit: number): boolean {
  const value = fields?.get(path)
  return typeof value === 'number' && (value & bit) !== 0
}
