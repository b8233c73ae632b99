// SPDX-License-Identifier: MIT
// The messages of GLINK: a command and two parameters, which every command names in its own way, and behind some
// of them a payload. Source: Linux drivers/rpmsg/qcom_glink_native.c.

import { text, u16, u32 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'
import { type BitNames, bitNames } from './bits.js'
import type { Decoded } from './decoder.js'
import type { Ring } from './ring.js'

/** A message's fixed part, its parameters by the names that a command has for them. */
const messageLayout = (param1: string, param2: string) =>
  struct('glink message', { command: u16, [param1]: u16, [param2]: u32 })

export const GlinkMessage = struct('glink message', { command: u16, param1: u16, param2: u32 })
const Intent = struct('glink intent', { size: u32, id: u32 })
const DataSizes = struct('glink data', { chunkSize: u32, leftSize: u32 })

/** Longest name of a channel, bytes. */
const NAME = 32
/** Intents of one message that are shown; their count tells whether there are more. */
const MOST_INTENTS = 16

const features: BitNames = { 1: 'INTENTLESS' }
const signals: BitNames = { 28: 'RI', 29: 'CD', 30: 'CTS', 31: 'DTR' }

/** What a payload shows, and how many bytes it has; null where it cannot be one. */
type Payload = (ring: Ring, path: string, at: number, room: number, param2: number) => Shown | null
interface Shown {
  readonly size: number
  readonly fields: Readonly<Record<string, Decoded>>
}

const channelName: Payload = (ring, path, at, room, length) => {
  if (length > Math.min(room, NAME)) return null
  const name = length === 0 ? '' : ring.read(`${path}.name`, text(length), at)
  return { size: length, fields: { name } }
}

const intents: Payload = (ring, path, at, room, count) => {
  const size = count * Intent.size
  if (size > room) return null
  const list = Array.from({ length: Math.min(count, MOST_INTENTS) }, (_, i) => {
    return ring.read(`${path}.intents[${i}]`, Intent, at + i * Intent.size)
  })
  return { size, fields: { intents: list } }
}

const data: Payload = (ring, path, at, room) => {
  if (DataSizes.size > room) return null
  const sizes = ring.peek(DataSizes, at)
  const size = DataSizes.size + sizes.chunkSize
  return size > room ? null : { size, fields: ring.read(path, DataSizes, at) }
}

export const GlinkCommand = {
  VERSION: 0,
  VERSION_ACK: 1,
  OPEN: 2,
  CLOSE: 3,
  OPEN_ACK: 4,
  INTENT: 5,
  RX_DONE: 6,
  RX_INTENT_REQ: 7,
  RX_INTENT_REQ_ACK: 8,
  TX_DATA: 9,
  TX_DATA_ZERO_COPY: 10,
  CLOSE_ACK: 11,
  TX_DATA_CONT: 12,
  READ_NOTIF: 13,
  RX_DONE_W_REUSE: 14,
  SIGNALS: 15,
} as const

interface Command {
  readonly param1?: string
  readonly param2?: string
  /** Names of the bits of the second parameter. */
  readonly bits?: BitNames
  readonly payload?: Payload
}

const versions: Command = { param1: 'version', param2: 'features', bits: features }
const ofChannel: Command = { param1: 'channel' }
const ofIntent: Command = { ...ofChannel, param2: 'intent' }
/** No public source tells how long it is. */
const unknown: Payload = () => null

const commands: Readonly<Record<keyof typeof GlinkCommand, Command>> = {
  VERSION: versions,
  VERSION_ACK: versions,
  OPEN: { ...ofChannel, param2: 'nameLength', payload: channelName },
  CLOSE: ofChannel,
  OPEN_ACK: ofChannel,
  INTENT: { ...ofChannel, param2: 'intentCount', payload: intents },
  RX_DONE: ofIntent,
  RX_INTENT_REQ: { ...ofChannel, param2: 'size' },
  RX_INTENT_REQ_ACK: { ...ofChannel, param2: 'granted' },
  TX_DATA: { ...ofIntent, payload: data },
  TX_DATA_ZERO_COPY: { ...ofIntent, payload: unknown },
  CLOSE_ACK: ofChannel,
  TX_DATA_CONT: { ...ofIntent, payload: data },
  READ_NOTIF: {},
  RX_DONE_W_REUSE: ofIntent,
  SIGNALS: { ...ofChannel, param2: 'signals', bits: signals },
}
/** Codes count from 0 without a gap. */
const names = Object.keys(GlinkCommand) as (keyof typeof GlinkCommand)[]

/** A message, and the bytes that it takes without padding; a text says why it cannot be one. */
export type GlinkReading =
  | { readonly size: number; readonly message: Readonly<Record<string, Decoded>> }
  | string

/** The message `at` bytes behind the reader, with `room` bytes to be read from there. */
export function readGlinkMessage(ring: Ring, path: string, at: number, room: number): GlinkReading {
  if (room < GlinkMessage.size) return `${room} bytes are left, and a message has 8`
  const { command: code, param2: value } = ring.peek(GlinkMessage, at)
  const name = names[code]
  if (name === undefined) return `command ${code} is not known`
  const { param1 = 'param1', param2 = 'param2', bits, payload } = commands[name]
  const rest = room - GlinkMessage.size
  const shown = payload?.(ring, path, at + GlinkMessage.size, rest, value)
  if (shown === null)
    return `the payload of ${name} (${param2} ${value}) cannot be read in ${room} bytes`
  return {
    size: GlinkMessage.size + (shown?.size ?? 0),
    message: {
      offset: ring.placeOf(at),
      commandName: name,
      ...ring.read(path, messageLayout(param1, param2), at),
      ...(bits === undefined ? {} : { [`${param2}Bits`]: bitNames(value, bits) }),
      ...shown?.fields,
    },
  }
}
