// SPDX-License-Identifier: MIT
// Items 479 and 480: one message of every command, and a name that goes round the end of a FIFO.

import { type Golden, written } from './golden.js'

/** All that is known but zero-copy data, which has no known length; 200 bytes, all waiting. */
export const everything = written(208, [
  // VERSION 1, features 2.
  [0x00, 0, 2],
  [0x02, 1, 2],
  [0x04, 2],
  // VERSION_ACK 1, features 1.
  [0x08, 1, 2],
  [0x0a, 1, 2],
  [0x0c, 1],
  // OPEN channel 5, 7 bytes of name, one of padding.
  [0x10, 2, 2],
  [0x12, 5, 2],
  [0x14, 7],
  [0x18, 'IPCRTR'],
  // CLOSE 5.
  [0x20, 3, 2],
  [0x22, 5, 2],
  // OPEN_ACK 5.
  [0x28, 4, 2],
  [0x2a, 5, 2],
  // INTENT for 5: 1024 bytes are intent 1, 64 bytes intent 2.
  [0x30, 5, 2],
  [0x32, 5, 2],
  [0x34, 2],
  [0x38, 1024],
  [0x3c, 1],
  [0x40, 64],
  [0x44, 2],
  // RX_DONE of intent 1.
  [0x48, 6, 2],
  [0x4a, 5, 2],
  [0x4c, 1],
  // RX_INTENT_REQ of 2048 bytes, and its acknowledgement.
  [0x50, 7, 2],
  [0x52, 5, 2],
  [0x54, 2048],
  [0x58, 8, 2],
  [0x5a, 5, 2],
  [0x5c, 1],
  // TX_DATA into intent 2: 5 bytes, 3 of padding, 11 to come.
  [0x60, 9, 2],
  [0x62, 5, 2],
  [0x64, 2],
  [0x68, 5],
  [0x6c, 11],
  [0x70, 'hello'],
  // CLOSE_ACK 5.
  [0x78, 11, 2],
  [0x7a, 5, 2],
  // TX_DATA_CONT: 11 bytes, 5 of padding, none to come.
  [0x80, 12, 2],
  [0x82, 5, 2],
  [0x84, 2],
  [0x88, 11],
  [0x90, ' from there'],
  // READ_NOTIF.
  [0xa0, 13, 2],
  // RX_DONE_W_REUSE of intent 2.
  [0xa8, 14, 2],
  [0xaa, 5, 2],
  [0xac, 2],
  // SIGNALS: DTR, RI, and bit 0.
  [0xb0, 15, 2],
  [0xb2, 5, 2],
  [0xb4, 0x90000001],
])

/** Seen from apps: what they have read so far of the remote's FIFO ends at `tail`. */
export const received = (tail: number, head: number) =>
  written(32, [
    [0x08, tail],
    [0x0c, head],
  ])

/** 64 bytes; the reader stands at 48, and the name that waits goes on at the start. */
export const wrapped = written(64, [
  [0x30, 2, 2],
  [0x32, 9, 2],
  [0x34, 14],
  [0x38, 'glink_ss'],
  [0x00, 'r_gpu'],
  // CLOSE 9.
  [0x08, 3, 2],
  [0x0a, 9, 2],
])

export const golden: readonly Golden[] = [
  { id: 480, bytes: everything, siblings: { 478: received(0, 0xb8) } },
  { id: 480, bytes: wrapped, siblings: { 478: received(48, 16) } },
  { id: 479, bytes: everything, siblings: { 478: written(32, [[4, 0x60]]) } },
  { id: 479, bytes: Buffer.alloc(64) },
]
