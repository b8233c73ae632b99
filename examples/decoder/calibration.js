// SPDX-License-Identifier: MIT
// A decoder for an item of a vendor: calibration data of analogue inputs, as some boot loader might leave it in item
// 134. A head with a magic, a version and a count, then one record for each input, then a checksum.

import { array, defineDecoder, ItemId, reserved, struct, text, u8, u16, u32 } from 'qcom-smem'

const Head = struct('head', { magic: text(4), version: u16, count: u16 })

const Input = struct('input', {
  name: text(8),
  /** Millivolts at full scale. */
  range: u16,
  kind: u8,
  reserved: reserved(1),
  points: array(u16, 4),
})

const kinds = ['single-ended', 'differential']

export default defineDecoder({
  name: 'calibration',
  items: [ItemId.ID_VENDOR0],
  summary: 'calibration of the analogue inputs',
  layout: 'version 1',
  source: 'the calibration tool of this board',
  // Item 134 is anybody's: only what begins with our magic is ours.
  accepts: (item) => item.peek(text(4), 0) === 'ACAL',
  decode(item) {
    const { magic, version, count } = item.read('', Head, 0)
    if (version !== 1) throw item.refuse(`calibration of version ${version}; 1 is known`)
    // The count comes out of memory that others write: it may be anything.
    const room = Math.max(0, Math.floor((item.size - Head.size - u32.size) / Input.size))
    if (count > room) item.note(`${count} inputs are counted, and there is room for ${room}`)
    const inputs = Array.from({ length: Math.min(count, room) }, (_, i) => {
      const input = item.read(`inputs[${i}]`, Input, Head.size + i * Input.size)
      return { ...input, kindName: kinds[input.kind] ?? null }
    })
    const end = Head.size + inputs.length * Input.size
    const checksum = item.read('checksum', u32, end)
    const sum = item.bytes.subarray(0, end).reduce((total, byte) => total + byte, 0)
    if (checksum !== sum) item.note(`the checksum is ${checksum}, and the bytes have ${sum}`)
    return { magic, version, count, inputs, checksum, valid: checksum === sum }
  },
})
