// SPDX-License-Identifier: MIT
// What doctor makes of the kernel's facts about the chip: each field that both sides have is compared, a difference
// is named with both values and where they come from, and what the kernel writes otherwise for a reason of its own
// is no difference. The bytes of the items are written by hand, by absolute offsets.

import assert from 'node:assert/strict'
import { doctorReport } from '#lib/inspect/doctor.js'
import { buildImage } from '#lib/testing/image.js'
import { msm8974, sdm845 } from '../board-discovery/boards.js'
import { CARVE_OUT, type Description, withMachine } from './doctor-machine.js'

const SOC0 = '/sys/devices/soc0'
const DEBUG = '/sys/kernel/debug/qcom_socinfo'

/** Offset of a word of socinfo -> value. */
type Words = Readonly<Record<number, number>>

const wordsAt = (pairs: readonly (readonly [at: number, word: number])[]): Words =>
  Object.fromEntries(pairs)

/** Of a chip with everything that Linux 6.12 shows. */
const chip: Words = wordsAt([
  [0x00, 19],
  [0x04, 321],
  [0x08, 0x20001],
  [0x2c, 0x8b],
  [0x30, 0xdeadbeef],
  [0x34, 8],
  [0x38, 0x10002],
  [0x3c, 1],
  [0x40, 0xff01],
  [0x44, 0x10014],
  [0x48, 0x20001],
  [0x5c, 3],
  [0x60, 0xc0ffee42],
  [0x64, 2],
  [0x68, 0x100],
  [0x6c, 0x4f],
  [0x70, 6],
  [0x74, 11],
  [0x78, 0x3ff],
  [0x9c, 2],
  [0xa0, 0x110],
  [0xa4, 1],
  [0xa8, 0x118],
  [0xac, 1],
  [0xb0, 3],
  [0xb4, 5],
  [0xc0, 9],
  [0xcc, 2],
  [0xd0, 1],
  [0xd4, 4],
  [0x100, 0x10014],
  [0x104, 0x20001],
  [0x108, 0x20015],
  [0x10c, 0x10000],
])

/** What the kernel shows of it. */
const kernel: Readonly<Record<string, string>> = {
  [`${SOC0}/family`]: 'Snapdragon\n',
  [`${SOC0}/machine`]: 'SDM845\n',
  [`${SOC0}/soc_id`]: '321\n',
  [`${SOC0}/revision`]: '2.1\n',
  [`${SOC0}/serial_number`]: '3237998146\n',
  [`${DEBUG}/info_fmt`]: '0x00000013\n',
  [`${DEBUG}/build_id`]: 'BUILD-1\n',
  [`${DEBUG}/raw_version`]: '3735928559\n',
  [`${DEBUG}/hardware_platform`]: '8\n',
  [`${DEBUG}/platform_version`]: '65538\n',
  [`${DEBUG}/accessory_chip`]: '1\n',
  [`${DEBUG}/hardware_platform_subtype`]: '65281\n',
  [`${DEBUG}/pmic_model`]: 'PM8998/PM8015\n',
  [`${DEBUG}/pmic_die_rev`]: '2.1\n',
  [`${DEBUG}/foundry_id`]: '3\n',
  [`${DEBUG}/pmic_model_array`]: 'PM8998/PM8015 2.1\nPMI8998/PM8014 1.0\n',
  [`${DEBUG}/chip_family`]: '0x0000004f\n',
  [`${DEBUG}/raw_device_family`]: '0x00000006\n',
  [`${DEBUG}/raw_device_number`]: '0x0000000b\n',
  [`${DEBUG}/nproduct_id`]: '1023\n',
  [`${DEBUG}/chip_id`]: 'CHIP-1\n',
  [`${DEBUG}/num_clusters`]: '2\n',
  [`${DEBUG}/ncluster_array_offset`]: '272\n',
  [`${DEBUG}/num_subset_parts`]: '1\n',
  [`${DEBUG}/nsubset_parts_array_offset`]: '280\n',
  [`${DEBUG}/nmodem_supported`]: '1\n',
  [`${DEBUG}/feature_code`]: '3\n',
  [`${DEBUG}/pcode`]: '5\n',
  [`${DEBUG}/oem_variant`]: '9\n',
  [`${DEBUG}/num_func_clusters`]: '2\n',
  [`${DEBUG}/boot_cluster`]: '1\n',
  [`${DEBUG}/boot_core`]: '4\n',
  [`${DEBUG}/boot/name`]: 'BOOT.1\n',
  [`${DEBUG}/boot/variant`]: 'BOOT-VARIANT\n',
  [`${DEBUG}/boot/oem`]: 'BOOT-OEM\n',
  [`${DEBUG}/rpm/name`]: '',
  [`${DEBUG}/rpm/variant`]: '',
  [`${DEBUG}/rpm/oem`]: '',
}

interface Texts {
  readonly buildId?: string
  readonly chipId?: string
  /** By index: name, variant, OEM. */
  readonly images?: Readonly<Record<number, readonly [string, string, string]>>
}

const BOOT = ['BOOT.1', 'BOOT-VARIANT', 'BOOT-OEM'] as const

function itemsOf(words: Words, texts: Texts) {
  const { buildId = 'BUILD-1', chipId = 'CHIP-1', images = { 0: BOOT } } = texts
  const socinfo = Buffer.alloc(0x200)
  for (const [at, word] of Object.entries(words)) socinfo.writeUInt32LE(word, Number(at))
  socinfo.write(buildId, 0x0c, 32, 'latin1')
  socinfo.write(chipId, 0x7c, 32, 'latin1')
  const versions = Buffer.alloc(4096)
  for (const [index, [name, variant, oem]] of Object.entries(images)) {
    versions.write(name, Number(index) * 128, 75, 'latin1')
    versions.write(variant, Number(index) * 128 + 75, 20, 'latin1')
    versions.write(oem, Number(index) * 128 + 96, 32, 'latin1')
  }
  return {
    socinfo: { id: 137, data: socinfo.subarray(0, 0x11c) },
    versions: { id: 469, data: versions },
  }
}

function memory(words: Words, texts: Texts = {}): Uint8Array {
  const items = Object.values(itemsOf(words, texts))
  const { regions } = buildImage({
    version: 12,
    base: CARVE_OUT,
    size: 0x200000,
    versions: { 7: 0x000c0000 },
    partitions: [{ global: true, size: 0x10000, cacheline: 64, items }],
  })
  return regions[0]!.bytes
}

/** The next number in the same form, or another text. */
function otherThan(text: string): string {
  const number = Number(text)
  if (text === '' || Number.isNaN(number)) return 'OTHER\n'
  if (text.startsWith('0x')) return `0x${(number + 1).toString(16).padStart(8, '0')}\n`
  return text.includes('.') ? '9.9\n' : `${number + 1}\n`
}

function judged(description: Description) {
  const { findings } = withMachine(description, doctorReport)
  return findings.find(({ check }) => check === 'socinfo-kernel')!
}

/** The kernel's facts with some replaced, or left out. */
const shown = (changed: Record<string, string | null> = {}) => ({ ...kernel, ...changed })

describe('doctor about what the kernel says of the chip', () => {
  it('finds all facts that Linux shows the same, by folder', () => {
    const { status, title, evidence, remedy } = judged({ files: shown(), memory: memory(chip) })
    assert.equal(status, 'ok', evidence.join('\n'))
    assert.equal(
      title,
      `the kernel says the same of this chip, in ${Object.keys(kernel).length} facts`,
    )
    assert.deepEqual(evidence, [`${SOC0}: 5 facts agree`, `${DEBUG}: 33 facts agree`])
    assert.equal(remedy, null)
  })

  for (const [path, text] of Object.entries(kernel)) {
    it(`names a difference of ${path} with both values`, () => {
      const other = otherThan(text)
      const images = { 0: BOOT, 3: ['', '', ''] as const }
      const described = { files: shown({ [path]: other }), memory: memory(chip, { images }) }
      const { status, title, evidence, remedy } = judged(described)
      // A record without a name is left out by us: what else stands in it is nobody's fault.
      const unnamed = /rpm.(variant|oem)$/.test(path)
      assert.equal(status, unnamed ? 'ok' : 'warning')
      const [first = ''] = evidence
      assert.ok(first.startsWith(`${path}: ${JSON.stringify(other.slice(0, -1))}, item `), first)
      assert.match(first, /item (137|469) at 0x86[0-9a-f]{6}: ".*"/)
      if (unnamed) return
      assert.ok(title.endsWith(`: ${path.slice(path.lastIndexOf('/') + 1)}`), title)
      assert.match(remedy!, /show HW_SW_BUILD_ID --hex/)
    })
  }

  const excused: readonly [
    name: string,
    words: Words,
    texts: Texts,
    files: Record<string, string>,
    why: RegExp,
  ][] = [
    [
      'the model of the tree where the kernel has no name for the chip id',
      { ...chip, ...wordsAt([[0x04, 321]]) },
      {},
      { [`${SOC0}/machine`]: `${sdm845.model}\n` },
      /no name for chip id 321/,
    ],
    [
      'a name that only the kernel has',
      { ...chip, ...wordsAt([[0x04, 0xfff0]]) },
      {},
      { [`${SOC0}/machine`]: 'NEW1\n', [`${SOC0}/soc_id`]: '65520\n' },
      /only the kernel has a name for chip id 65520/,
    ],
    [
      'a build id that fills its field, where the kernel reads on',
      chip,
      { buildId: 'B'.repeat(32) },
      { [`${DEBUG}/build_id`]: `${'B'.repeat(32)}\x8b\n` },
      /fills its 32 bytes/,
    ],
    [
      'an image name that fills its field',
      chip,
      { images: { 0: ['N'.repeat(75), 'VARIANT', 'OEM'] } },
      {
        [`${DEBUG}/boot/name`]: `${'N'.repeat(75)}VARIANT\n`,
        [`${DEBUG}/boot/variant`]: 'VARIANT\n',
        [`${DEBUG}/boot/oem`]: 'OEM\n',
      },
      /fills its 75 bytes/,
    ],
    [
      'a power chip that only the kernel can name',
      { ...chip, ...wordsAt([[0x44, 0x7ffe]]) },
      {},
      { [`${DEBUG}/pmic_model`]: 'PM9999\n' },
      /only the kernel has a name for model 32766/,
    ],
  ]
  for (const [name, words, texts, files, why] of excused) {
    it(`does not blame ${name}`, () => {
      const { status, evidence } = judged({ files: shown(files), memory: memory(words, texts) })
      assert.equal(status, 'ok', evidence.join('\n'))
      assert.match(evidence[0]!, why)
    })
  }

  it('takes a power chip that the kernel cannot name by its number, and one of its two names', () => {
    const unknown = { [`${DEBUG}/pmic_model`]: 'unknown (20)\n' }
    assert.equal(judged({ files: shown(unknown), memory: memory(chip) }).status, 'ok')
    const half = { [`${DEBUG}/pmic_model`]: 'PM8998\n' }
    assert.equal(judged({ files: shown(half), memory: memory(chip) }).status, 'ok')
    const other = { [`${DEBUG}/pmic_model`]: 'unknown (21)\n' }
    assert.equal(judged({ files: shown(other), memory: memory(chip) }).status, 'warning')
    const none = { [`${DEBUG}/pmic_model`]: 'Unknown PMIC model\n' }
    const words = { ...chip, ...wordsAt([[0x44, 0]]) }
    assert.equal(judged({ files: shown(none), memory: memory(words) }).status, 'ok')
  })

  it('compares the array of power chips line by line, those without a name by number', () => {
    const words = { ...chip, ...wordsAt([[0x108, 0x7ffe]]) }
    const files = { [`${DEBUG}/pmic_model_array`]: 'PM8998/PM8015 2.1\nunknown (32766)\n' }
    assert.equal(judged({ files: shown(files), memory: memory(words) }).status, 'ok')
    const fewer = { [`${DEBUG}/pmic_model_array`]: 'PM8998/PM8015 2.1\n' }
    assert.equal(judged({ files: shown(fewer), memory: memory(chip) }).status, 'warning')
  })

  it('leaves out what the kernel reads beyond the format, as the serial number of an old one', () => {
    const words = { ...chip, ...wordsAt([[0x00, 9]]) }
    const files = Object.fromEntries(
      Object.entries(kernel).filter(
        ([path]) => path.startsWith(SOC0) || path.endsWith('foundry_id'),
      ),
    )
    const { status, title } = judged({ files, memory: memory(words) })
    assert.deepEqual([status, title], ['ok', 'the kernel says the same of this chip, in 5 facts'])
  })

  it('compares the attributes that only downstream kernels have, by their numbers', () => {
    const files = {
      [`${SOC0}/raw_id`]: '139\n',
      [`${SOC0}/pmic_model`]: '65556\n',
      [`${SOC0}/pmic_die_revision`]: '131073\n',
      [`${SOC0}/chip_family`]: '0x4f\n',
      [`${SOC0}/platform_subtype_id`]: '65281\n',
      [`${SOC0}/chip_name`]: 'CHIP-1\n',
      [`${SOC0}/hw_platform`]: 'MTP\n', // a name of its own: not compared
    }
    const { status, title } = judged({ files, memory: memory(chip) })
    assert.deepEqual([status, title], ['ok', 'the kernel says the same of this chip, in 6 facts'])
  })

  it('does not open the files of the images where the kernel may have no table of them', () => {
    const late = memory(chip, { images: { 10: ['APPS', '', ''] } })
    const { evidence } = judged({ files: shown(), memory: late })
    assert.deepEqual(evidence, [`${SOC0}: 5 facts agree`, `${DEBUG}: 27 facts agree`])
  })

  it('touches no auxiliary region, and says so of an item that lies in one', () => {
    const { socinfo, versions } = itemsOf(chip, {})
    const messageRam = { base: 0xfc428000, size: 0x4000 }
    const { regions } = buildImage({
      version: 11,
      base: 0x0fa00000,
      size: 0x200000,
      versions: { 7: 0x000b0000 },
      auxiliary: [messageRam],
      global: [socinfo, { ...versions, region: messageRam.base }],
    })
    const mapped: number[] = []
    const description = { tree: msm8974, files: shown(), memory: regions[0]!.bytes }
    const { findings } = withMachine(description, (options) => {
      const map: typeof options.map = (base, size, rights) => {
        mapped.push(base)
        return options.map!(base, size, rights)
      }
      return doctorReport({ ...options, map })
    })
    const found = findings.find(({ check }) => check === 'socinfo-kernel')!
    assert.ok(!mapped.includes(messageRam.base))
    assert.equal(found.status, 'ok')
    assert.match(found.evidence.at(-1)!, /^item 469: .*0xfc428000/)
  })

  it('says what is missing where nothing can be compared', () => {
    const nothing = judged({ memory: memory(chip) })
    assert.equal(nothing.status, 'unknown')
    assert.deepEqual(nothing.evidence, [`${SOC0}: 0 attributes`, `${DEBUG}: 0 files`])
    const refused = judged({
      files: shown(),
      memory: memory({ ...chip, ...wordsAt([[0x00, 0x10000]]) }, { images: {} }),
    })
    assert.equal(refused.status, 'unknown')
    assert.match(refused.evidence.join('\n'), /item 137: .*1\.0/)
    const blind = judged({ files: shown(), refusals: { carveOut: 'EPERM' }, memory: memory(chip) })
    assert.deepEqual([blind.status, blind.evidence], ['unknown', []])
  })
})
