// SPDX-License-Identifier: MIT
// Item 137 on bytes laid by hand, at the offsets that Linux and EDK2 have.

import assert from 'node:assert/strict'
import { socinfo as build } from '#lib/testing/items/socinfo.js'
import { decode, dissect } from './decode.js'

const SOCINFO = 137
type Value = Record<string, unknown>

/** Bytes of the fixed part of each format, from 0.1. */
const SIZES = [
  0x2c, 0x34, 0x38, 0x3c, 0x40, 0x44, 0x4c, 0x5c, 0x60, 0x64, 0x6c, 0x78, 0x9c, 0xac, 0xb0, 0xc0,
  0xc4, 0xcc, 0xd8, 0xdc, 0xe0, 0xe4, 0xec,
]

/** Offset, value as stored, and what the decoder says, of every field; arrays are counted where they are laid. */
const FIELDS: readonly [at: number, stored: number | string, said: Value][] = [
  [0x04, 321, { id: 321 }],
  [0x08, 0x00020001, { version: '2.1' }],
  [0x0c, 'SDM845.LA.3.0', { buildId: 'SDM845.LA.3.0' }],
  [0x2c, 0x8b, { rawId: 0x8b }],
  [0x30, 2, { rawVersion: 2 }],
  [0x34, 8, { platform: 8, platformName: 'MTP' }],
  [0x38, 0x00010003, { platformVersion: '1.3' }],
  [0x3c, 1, { accessoryChip: 1 }],
  [0x40, 5, { platformSubtype: 5 }],
  [0x44, 0x10014, { pmicModel: 0x10014, pmicModelName: 'PM8998/PM8015' }],
  [0x48, 0x00020001, { pmicDieRevision: '2.1' }],
  [0x4c, 11, { pmicModel1: 11, pmicModel1Name: 'PM8916' }],
  [0x50, 0x00030000, { pmicDieRevision1: '3.0' }],
  [0x54, 0xfff, { pmicModel2: 0xfff, pmicModel2Name: null }],
  [0x58, 0, { pmicDieRevision2: '0.0' }],
  [0x5c, 3, { foundryId: 3, foundryIdName: 'SS' }],
  [0x60, 0xc0ffee42, { serialNumber: 0xc0ffee42 }],
  [0x64, 2, { pmicCount: 2 }],
  [0x68, 0xed, { pmicArrayOffset: 0xed }],
  [0x6c, 0x4f, { chipFamily: 0x4f, chipFamilyName: 'SDM845' }],
  [0x70, 6, { rawDeviceFamily: 6 }],
  [0x74, 11, { rawDeviceNumber: 11 }],
  [0x78, 0x412, { productId: 0x412 }],
  [0x7c, 'SDM845', { chipName: 'SDM845' }],
  [0x9c, 2, { clusterCount: 2 }],
  [0xa0, 0xfd, { clusterArrayOffset: 0xfd }],
  [0xa4, 3, { subsetPartCount: 3 }],
  [0xa8, 0x105, { subsetPartArrayOffset: 0x105 }],
  [0xac, 1, { modemSupported: 1 }],
  [0xb0, 0xf3, { featureCode: 0xf3, featureCodeName: 'Y2' }],
  [0xb4, 8, { productCode: 8, productCodeName: 'PC7' }],
  [0xb8, 0x111, { partNameMapOffset: 0x111 }],
  [0xbc, 1, { partNameMapCount: 1 }],
  [0xc0, 9, { oemVariant: 9 }],
  [0xc4, 1, { keyValueCount: 1 }],
  [0xc8, 0x13d, { keyValueOffset: 0x13d }],
  [0xcc, 2, { functionalClusterCount: 2 }],
  [0xd0, 1, { bootCluster: 1 }],
  [0xd4, 4, { bootCore: 4 }],
  [0xd8, 1, { rawPackageType: 1 }],
  [0xdc, 0x145, { partialFeatureArrayOffset: 0x145 }],
  [0xe0, 0x151, { cpuCoreArrayOffset: 0x151 }],
  [0xe4, 0x159, { partInstanceOffset: 0x159 }],
  [0xe8, 1, { partInstanceCount: 1 }],
]
const END = 0x161

/** Arrays start one byte behind the fixed part, so that none is aligned. */
function newest(): Buffer {
  const bytes = Buffer.alloc(END)
  const words = (at: number, ...values: number[]) => {
    values.forEach((value, i) => {
      bytes.writeUInt32LE(value, at + i * 4)
    })
  }
  words(0, 23)
  for (const [at, stored] of FIELDS) {
    if (typeof stored === 'string') bytes.write(stored, at, 32, 'latin1')
    else words(at, stored)
  }
  words(0xed, 0x10014, 0x20001, 0x20015, 0x00010000)
  words(0xfd, 0b0000, 0b1010)
  words(0x105, 0, 1, 0x80000000)
  words(0x111, 1, 0x43050a01, 0x43050a0100 % 2 ** 32)
  bytes.write('Adreno 740', 0x11d, 32, 'latin1')
  words(0x13d, 7, 0xffffffff)
  words(0x145, 0, 2, 0)
  words(0x151, 4, 4)
  bytes.writeUInt16LE(15, 0x159)
  bytes.writeUInt8(1, 0x15b)
  bytes.writeUInt8(1, 0x15c)
  words(0x15d, 0x5)
  return bytes
}

const ARRAYS: Value = {
  pmics: [
    { model: 0x10014, modelName: 'PM8998/PM8015', dieRevision: '2.1' },
    { model: 0x20015, modelName: 'PMI8998/PM8014', dieRevision: '1.0' },
  ],
  clusters: [
    { cluster: 0, cores: 4, disabledCores: 0, disabledCoresBits: [] },
    { cluster: 1, cores: 4, disabledCores: 10, disabledCoresBits: ['core1', 'core3'] },
  ],
  subsetParts: [
    {
      part: 0,
      partName: 'unknown',
      ...{ disabled: 0, disabledBits: [], partialFeatures: 0, partialFeaturesBits: [] },
    },
    {
      part: 1,
      partName: 'GPU',
      ...{ disabled: 1, disabledBits: ['bit0'] },
      ...{ partialFeatures: 2, partialFeaturesBits: ['bit1'] },
    },
    {
      part: 2,
      partName: 'VIDEO',
      ...{ disabled: 0x80000000, disabledBits: ['bit31'] },
      ...{ partialFeatures: 0, partialFeaturesBits: [] },
    },
  ],
  partNames: [
    { part: 1, partName: 'GPU', chipId: 0x43050a01, vulkanId: 0x050a0100, name: 'Adreno 740' },
  ],
  keyValues: [{ key: 7, value: 0xffffffff }],
  partInstances: [
    {
      part: 15,
      partName: 'NSP',
      ...{ instance: 1, disabled: 1 },
      ...{ disabledFeatures: 5, disabledFeaturesBits: ['bit0', 'bit2'] },
    },
  ],
}

/** Arrays by the format that brought them. */
const ARRAY_FORMAT = { pmics: 11, clusters: 14, partNames: 16, keyValues: 18, partInstances: 23 }

const ofFormat = (minor: number, size = END) => {
  const bytes = newest().subarray(0, size)
  bytes.writeUInt32LE(minor, 0)
  return bytes
}
const notes = (bytes: Uint8Array) => dissect(SOCINFO, bytes)!.notes

describe('socinfo', () => {
  it('of format 0.23 has every field and every array, wherever they are aligned', () => {
    const { value, notes } = dissect(SOCINFO, newest())!
    assert.deepEqual(value, {
      soc: 'SDM845',
      firmwareSoc: null,
      format: '0.23',
      ...Object.assign({}, ...FIELDS.map(([, , said]) => said)),
      ...ARRAYS,
    })
    assert.deepEqual(notes, [])
  })

  for (const [index, size] of SIZES.entries()) {
    const minor = index + 1
    it(`of format 0.${minor} has the fields up to byte ${size}, and no more`, () => {
      const { pmics, clusters, subsetParts, partNames, keyValues, partInstances, ...value } =
        decode(SOCINFO, ofFormat(minor)) as Value
      const said = FIELDS.filter(([at]) => at < size).map(([, , said]) => said)
      assert.deepEqual(value, {
        soc: 'SDM845',
        firmwareSoc: null,
        format: `0.${minor}`,
        ...Object.assign({}, ...said),
      })
      for (const [name, array] of Object.entries({
        pmics,
        clusters,
        partNames,
        keyValues,
        partInstances,
      })) {
        const since = ARRAY_FORMAT[name as keyof typeof ARRAY_FORMAT]
        assert.equal(array !== undefined, minor >= since, name)
      }
      assert.equal(subsetParts !== undefined, minor >= 14)
    })
  }

  it('has the masks of its clusters and parts before it has their core counts and features', () => {
    const { clusters, subsetParts } = decode(SOCINFO, ofFormat(20)) as Record<string, Value[]>
    assert.deepEqual(clusters![1], {
      cluster: 1,
      disabledCores: 10,
      disabledCoresBits: ['core1', 'core3'],
    })
    assert.deepEqual(Object.keys(subsetParts![1]!), [
      'part',
      'partName',
      'disabled',
      'disabledBits',
    ])
  })

  it('of a newer format is decoded as 0.23, and says so', () => {
    const { value, notes } = dissect(SOCINFO, ofFormat(25))!
    assert.equal((value as Value).format, '0.25')
    assert.deepEqual((value as Value).partInstances, ARRAYS.partInstances)
    assert.deepEqual(notes, ['format 0.25 is newer than 0.23; decoded as that'])
  })

  it('that ends before its format does has what is there, and says where it ends', () => {
    const { value, notes } = dissect(SOCINFO, ofFormat(23, 0x5e))!
    assert.equal(Object.keys(value as Value).at(-1), 'pmicDieRevision2')
    assert.deepEqual(notes, ['format 0.23 has 236 bytes; the item ends before foundryId'])
  })

  it('names the field of each byte', () => {
    const { fields } = dissect(SOCINFO, newest())!
    const at = (offset: number) => fields.find((span) => span.offset === offset)
    assert.deepEqual(at(0x0c), { path: 'buildId', offset: 0x0c, size: 32 })
    assert.deepEqual(at(0xed + 12), { path: 'pmics[1].dieRevision', offset: 0xf9, size: 4 })
    assert.deepEqual(at(0x101), { path: 'clusters[1].disabledCores', offset: 0x101, size: 4 })
    assert.deepEqual(at(0x151), { path: 'clusters[0].cores', offset: 0x151, size: 4 })
    assert.deepEqual(at(0x149), { path: 'subsetParts[1].partialFeatures', offset: 0x149, size: 4 })
    assert.deepEqual(at(0x15b), { path: 'partInstances[0].instance', offset: 0x15b, size: 1 })
    const covered = fields.reduce((sum, { size }) => sum + size, 0)
    assert.equal(covered, END - 1)
  })

  it('is EINVAL when shorter than format 0.1, of format 0.0, or of another major', () => {
    for (const bytes of [ofFormat(1, 0x2b), ofFormat(0), ofFormat(0x10001), Buffer.alloc(0)]) {
      assert.throws(() => decode(SOCINFO, bytes), { name: 'SmemError', code: 'EINVAL', item: 137 })
    }
    assert.equal((decode(SOCINFO, ofFormat(1, 0x2c)) as Value).id, 321)
  })

  it('has both names of a chip that the lists name differently, and none of an unknown one', () => {
    const named = (id: number) => {
      const bytes = ofFormat(1)
      bytes.writeUInt32LE(id, 4)
      const { soc, firmwareSoc } = decode(SOCINFO, bytes) as Value
      return [soc, firmwareSoc]
    }
    assert.deepEqual(named(457), ['SM8450', 'SM_WAIPIO'])
    assert.deepEqual(named(0xffffff), [null, null])
  })

  it('names feature and product codes as far as they are public', () => {
    const named = (code: number, product: number) => {
      const bytes = ofFormat(16)
      bytes.writeUInt32LE(code, 0xb0)
      bytes.writeUInt32LE(product, 0xb4)
      const { featureCodeName, productCodeName } = decode(SOCINFO, bytes) as Value
      return [featureCodeName, productCodeName]
    }
    assert.deepEqual(named(0, 0), ['unknown', 'unknown'])
    assert.deepEqual(named(1, 1), ['AA', 'PC0'])
    assert.deepEqual(named(8, 9), ['AH', null])
    assert.deepEqual(named(9, 0x7ffffffe), [null, null])
    assert.deepEqual(named(0xf1, 8), ['Y0', 'PC7'])
    assert.deepEqual(named(0x100, 8), ['Y15', 'PC7'])
    assert.deepEqual(named(0x101, 8), [null, 'PC7'])
  })

  it('keeps text as it is, up to its end or the end of the field', () => {
    const bytes = ofFormat(1)
    bytes.write(`\u009b[31m${'x'.repeat(27)}`, 0x0c, 32, 'latin1')
    assert.equal((decode(SOCINFO, bytes) as Value).buildId, `\u009b[31m${'x'.repeat(27)}`)
  })
})

describe('an array of socinfo', () => {
  const hostile = (at: number, value: number) => {
    const bytes = newest()
    bytes.writeUInt32LE(value, at)
    return bytes
  }

  it('with too high a count has the elements that fit, and says so', () => {
    const bytes = hostile(0xe8, 0xffffffff)
    const { partInstances } = decode(SOCINFO, bytes) as { partInstances: unknown[] }
    assert.equal(partInstances.length, 1)
    assert.match(
      notes(bytes)[0]!,
      /^partInstances: 4294967295 elements of 8 bytes at 345 .*fit.*; 1 are shown$/,
    )
  })

  it('beyond the item is empty, also where offset and count overflow 32 bits', () => {
    for (const offset of [END, END - 7, 0x80000000, 0xffffffff]) {
      const bytes = hostile(0xe4, offset)
      assert.deepEqual((decode(SOCINFO, bytes) as Value).partInstances, [])
      assert.equal(notes(bytes).length, 1)
    }
  })

  it('has at most 256 elements, whatever the item has room for', () => {
    const bytes = Buffer.concat([hostile(0x64, 5000), Buffer.alloc(64000)])
    assert.equal((decode(SOCINFO, bytes) as { pmics: unknown[] }).pmics.length, 256)
    assert.match(notes(bytes)[0]!, /more than any chip has; 256 are shown/)
  })

  it('inside the fixed part is shown, and said to be there', () => {
    const bytes = hostile(0x68, 4)
    const { pmics } = decode(SOCINFO, bytes) as { pmics: Value[] }
    assert.equal(pmics[0]!.model, 321)
    assert.match(notes(bytes)[0]!, /^pmics: at 4, inside the fixed part of 236 bytes$/)
  })

  it('without elements is empty wherever it is said to be', () => {
    const bytes = hostile(0x68, 0xffffffff)
    bytes.writeUInt32LE(0, 0x64)
    assert.deepEqual((decode(SOCINFO, bytes) as Value).pmics, [])
    assert.deepEqual(notes(bytes), [])
  })
})

describe('the builder of socinfo', () => {
  it('makes what the decoder gives back', () => {
    const bytes = build({
      format: 23,
      id: 321,
      version: '2.1',
      pmics: [{ model: 0x10014, dieRevision: '2.1' }],
      disabledCores: [0, 10],
      coreCounts: [4, 4],
      disabledParts: [0, 1],
      partialFeatures: [0, 2],
      partNames: [{ part: 1, chipId: 2, vulkanId: 3, name: 'Adreno' }],
      keyValues: [{ key: 7, value: 1 }],
      partInstances: [{ part: 15, instance: 1, disabled: 0, disabledFeatures: 5 }],
    })
    const { value, notes } = dissect(SOCINFO, bytes)!
    const { pmics, clusters, subsetParts, partNames, keyValues, partInstances } = value as Record<
      string,
      Value[]
    >
    assert.deepEqual(pmics, [(ARRAYS.pmics as Value[])[0]])
    assert.deepEqual(clusters, ARRAYS.clusters)
    assert.deepEqual(subsetParts, (ARRAYS.subsetParts as Value[]).slice(0, 2))
    assert.deepEqual(partNames![0], {
      part: 1,
      partName: 'GPU',
      chipId: 2,
      vulkanId: 3,
      name: 'Adreno',
    })
    assert.deepEqual(keyValues, [{ key: 7, value: 1 }])
    assert.equal(partInstances![0]!.disabledFeatures, 5)
    assert.deepEqual(notes, [])
  })
})
