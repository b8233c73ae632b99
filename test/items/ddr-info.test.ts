// SPDX-License-Identifier: MIT
// Item 603, DDR info, in every size that is known.

import assert from 'node:assert/strict'
import { decode, dissect } from './decode.js'
import { golden, newer, version3, version3Long, version4 } from './golden/ddr-info.js'

const common = {
  manufacturer: 6,
  manufacturerName: 'SK hynix',
  deviceType: 7,
  deviceTypeName: 'LPDDR4X',
  channels: [
    { revision1: 0x11, revision2: 0x12, width: 16, density: 8 },
    { revision1: 0x21, revision2: 0, width: 0, density: 12 },
  ],
  frequencies: [
    { kHz: 200000, enabled: 1 },
    { kHz: 2092800, enabled: 0 },
  ],
  numFrequencies: 2,
  clockPeriodAddress: '0x146ab000',
  numChannels: 2,
}

type Ddr = Record<string, unknown> & { regions: Record<string, unknown>[] }
const ddr = (bytes: Uint8Array) => decode(603, bytes) as unknown as Ddr
const changed = (bytes: Uint8Array, offset: number, value: number) => {
  const copy = Buffer.from(bytes)
  copy[offset] = value
  return copy
}

describe('DDR info', () => {
  it('has the fields of version 3, with 13 and with 14 frequencies', () => {
    for (const bytes of [version3, version3Long]) {
      assert.deepEqual(decode(603, bytes), { version: 3, ...common })
    }
  })

  it('has ranks and bank bits of each channel in version 4', () => {
    const none = [0, 0]
    assert.deepEqual(decode(603, version4), {
      version: 4,
      ...common,
      ranks: [1, 2, 0, 0, 0, 0, 0, 0],
      highestBankBits: [[16, 15], [14, 0], none, none, none, none, none, none],
      highestBankBit: 16,
      highestBankBitTrusted: true,
    })
  })

  it('has regions from version 5', () => {
    const { regions, ...rest } = ddr(newer(424, 4))
    assert.deepEqual(rest, {
      version: 5,
      ...common,
      maxNominalKHz: 2092800,
      numRegions: 4,
      rank0Size: 0x100000000,
      rank1Size: 0x80000000,
      cs0Start: '0x80000000',
      cs1Start: '0x180000000',
      highestBankBit: 15,
      highestBankBitTrusted: true,
    })
    assert.equal(regions.length, 4)
    assert.deepEqual(regions[0], {
      start: '0x80000000',
      size: 0x80000000,
      controller: '0x19200000',
      granuleMib: 512,
      rankBits: 14,
      firstSegment: 3,
      segmentOffset: 0x1000,
    })
    assert.deepEqual([regions[3]!.start, regions[3]!.size], ['0x180000000', 0x40000000])
  })

  it('has its version by its size', () => {
    const versions = golden.map(({ bytes }) => [bytes.length, ddr(bytes).version])
    assert.deepEqual(versions, [
      [200, 3],
      [208, 3],
      [224, 4],
      [424, 5],
      [504, 5],
      [536, 7],
      [540, 5],
      [616, 6],
      [620, 5],
      [464, 5],
      [700, 7],
    ])
    for (const size of [504, 616, 620]) assert.equal(ddr(newer(size, 6)).regions.length, 6)
  })

  it('notes that 616 bytes could be version 7, and nothing about others that are known', () => {
    for (const { bytes } of golden) {
      const isNoted = [464, 616, 700].includes(bytes.length)
      assert.equal(dissect(603, bytes)!.notes.length, isNoted ? 1 : 0)
    }
    assert.match(dissect(603, newer(616, 6))!.notes[0]!, /version 7 with 6 regions/)
  })

  it('is refused in any other size that is too short for regions', () => {
    for (const size of [0, 199, 201, 216, 423]) {
      const refused = { code: 'EINVAL', item: 603, message: new RegExp(`${size} bytes`) }
      assert.throws(() => decode(603, Buffer.alloc(size)), refused)
    }
  })

  it('has what all later versions share in any other size, which is noted', () => {
    for (const [size, room, version, note] of [
      [425, 4, 5, /^425 bytes are no known layout; decoded as version 5, .* 4 regions$/],
      [464, 5, 5, /^464 bytes are no known layout/],
      [619, 8, 5, /^619 bytes are no known layout/],
      [621, 8, 7, /^621 bytes are more than any known layout has; decoded as version 7/],
      [700, 10, 7, /^700 bytes are more than any known layout/],
    ] as const) {
      const { value, notes } = dissect(603, newer(size, room))!
      const { regions, ...rest } = value as unknown as Ddr
      assert.deepEqual([rest.version, rest.highestBankBit, regions.length], [version, 15, room])
      assert.equal(regions.at(-1)!.start, '0x180000000')
      assert.equal(notes.length, 1)
      assert.match(notes[0]!, note)
      const more = dissect(603, changed(newer(size, room), 216, 255))!
      assert.equal((more.value as unknown as Ddr).regions.length, room)
      assert.match(more.notes.join(), new RegExp(`255 regions .* room for ${room}$`))
    }
  })

  it('trusts a highest bank bit of 13 to 19', () => {
    const trusted = [0, 12, 13, 19, 20, 255].map(
      (bit) => ddr(changed(newer(424, 4), 256, bit)).highestBankBitTrusted,
    )
    assert.deepEqual(trusted, [false, false, true, true, false, false])
    assert.equal(ddr(changed(version4, 201, 12)).highestBankBitTrusted, false)
  })

  it('never has more channels, frequencies or regions than there is room for', () => {
    let bytes = newer(504, 6)
    for (const offset of [184, 208, 216, 219]) bytes = changed(bytes, offset, 255)
    const { value, notes } = dissect(603, bytes)!
    const { channels, frequencies, regions } = value as unknown as Record<string, unknown[]>
    assert.deepEqual([channels!.length, frequencies!.length, regions!.length], [8, 14, 6])
    assert.equal(notes.length, 3)
    const short = decode(603, changed(version3, 176, 14)) as unknown as Ddr
    assert.equal((short.frequencies as unknown[]).length, 13)
  })
})
