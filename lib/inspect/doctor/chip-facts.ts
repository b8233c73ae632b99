// SPDX-License-Identifier: MIT
// Which file of the kernel says the same as which field of socinfo, and how it is written there. The kernel reads
// some fields without looking at the format or at a text's end, and names come from tables of its own: where it may
// differ for such a reason, it does not count. Source: Linux drivers/soc/qcom/socinfo.c; for the attributes that only
// downstream kernels have, their drivers/soc/qcom/socinfo.c.

import { QCOM_SOCINFO, SOC0, type Soc0 } from '../../board/soc0.js'
import { ItemId } from '../../data/item-names.js'
import { pmicName } from '../../data/pmics.js'

export interface ComparedFact {
  /** The kernel's file. */
  readonly path: string
  /** The item that both have it from. */
  readonly item: number
  readonly kernel: string
  /** What our decoder makes of the item, as the kernel would write it. */
  readonly ours: string
  readonly same: boolean
  /** Why it says something else, where that is no contradiction. */
  readonly excuse: string | null
}

export type Socinfo = Readonly<Record<string, unknown>>

/** How a fact is compared: null where our side has nothing to compare it with. */
type Compare = (kernel: string, ours: Socinfo) => Comparison | null

type Comparison = Pick<ComparedFact, 'ours' | 'same' | 'excuse'>

const verdict = (kernel: string, ours: string, same = kernel === ours): Comparison => {
  return { ours, same, excuse: null }
}

/** As a number, decimal or hexadecimal: which of the two depends on the kernel. */
function number(field: string): Compare {
  return (kernel, { [field]: ours }) =>
    typeof ours === 'number'
      ? verdict(
          kernel,
          String(ours),
          /^(0x[0-9a-f]+|[0-9]+)$/.test(kernel) && Number(kernel) === ours,
        )
      : null
}

/** A version as one number: the major half above. */
function joined(field: string): Compare {
  return (kernel, { [field]: ours }) => {
    if (typeof ours !== 'string') return null
    const [major = 0, minor = 0] = ours.split('.').map(Number)
    return number('word')(kernel, { word: major * 0x10000 + minor })
  }
}

function version(field: string): Compare {
  return (kernel, { [field]: ours }) => (typeof ours === 'string' ? verdict(kernel, ours) : null)
}

/** The kernel prints up to the next NUL, wherever it is, and so runs on where a text fills its field. */
function text(field: string, width: number): Compare {
  return (kernel, { [field]: ours }) => {
    if (typeof ours !== 'string') return null
    const runsOn = ours.length === width && kernel !== ours && kernel.startsWith(ours)
    if (!runsOn) return verdict(kernel, ours)
    return {
      ours,
      same: false,
      excuse: `the text fills its ${width} bytes, and the kernel reads on`,
    }
  }
}

/** Names of one chip, as far as one side knows more than the other: `PM8917` and `PM8917/PM8937`. */
function sameName(one: string, other: string): boolean {
  return one.split('/').some((name) => other.split('/').includes(name))
}

/** A power chip as the kernel writes it: its name, or `unknown (99)`. */
function comparePmic(kernel: string, model: number): Comparison {
  const number = model & 0xffff
  const name = number === 0 ? 'Unknown PMIC model' : pmicName(number)
  const ours = name ?? `unknown (${number})`
  if (kernel === `unknown (${number})`) return verdict(kernel, ours, true)
  if (name !== null) return verdict(kernel, ours, sameName(kernel, name))
  const excuse = `only the kernel has a name for model ${number}`
  return { ours, same: false, excuse }
}

const pmicModel: Compare = (kernel, { pmicModel }) =>
  typeof pmicModel === 'number' ? comparePmic(kernel, pmicModel) : null

interface Pmic {
  readonly model: number
  readonly dieRevision: string
}

/** A line for each; the revision is left out for a model without a name. */
const pmicModels: Compare = (kernel, { pmics }) => {
  if (!Array.isArray(pmics)) return null
  const lines = kernel === '' ? [] : kernel.split('\n')
  const compared = (pmics as readonly Pmic[]).map(({ model, dieRevision }, index) => {
    const line = lines[index] ?? ''
    if (line.startsWith('unknown (')) return comparePmic(line, model)
    const [, name = '', revision = ''] = /^(.*) (\d+\.\d+)$/.exec(line) ?? []
    const one = comparePmic(name, model)
    return {
      ...one,
      ours: `${one.ours} ${dieRevision}`,
      same: one.same && revision === dieRevision,
    }
  })
  return {
    ours: compared.map(({ ours }) => ours).join('\n'),
    same: lines.length === pmics.length && compared.every(({ same }) => same),
    excuse: compared.find(({ excuse }) => excuse !== null)?.excuse ?? null,
  }
}

/** The kernel takes the name from its own table; without one it shows the model of the device tree. */
function machine(model: string | null): Compare {
  return (kernel, { id, soc }) => {
    const ours = typeof soc === 'string' ? soc : `unknown (${id})`
    const compared = verdict(kernel, ours)
    if (compared.same) return compared
    if (kernel === model) return { ...compared, excuse: `the kernel has no name for chip id ${id}` }
    if (soc === null) return { ...compared, excuse: `only the kernel has a name for chip id ${id}` }
    return compared
  }
}

const family: Compare = (kernel) => verdict(kernel, 'Snapdragon')

/** In both folders, under one name or two. */
const COMMON: Readonly<Record<string, Compare>> = {
  raw_version: number('rawVersion'),
  platform_version: joined('platformVersion'),
  accessory_chip: number('accessoryChip'),
  foundry_id: number('foundryId'),
  chip_family: number('chipFamily'),
  raw_device_family: number('rawDeviceFamily'),
  raw_device_number: number('rawDeviceNumber'),
  nproduct_id: number('productId'),
  num_clusters: number('clusterCount'),
  ncluster_array_offset: number('clusterArrayOffset'),
  num_defective_parts: number('subsetPartCount'),
  num_subset_parts: number('subsetPartCount'),
  ndefective_parts_array_offset: number('subsetPartArrayOffset'),
  nsubset_parts_array_offset: number('subsetPartArrayOffset'),
  nmodem_supported: number('modemSupported'),
  build_id: text('buildId', 32),
}

const attributes = (model: string | null): Readonly<Record<string, Compare>> => ({
  ...COMMON,
  machine: machine(model),
  family,
  soc_id: number('id'),
  revision: version('version'),
  serial_number: number('serialNumber'), // shown in formats too old to have one: then ours is missing
  raw_id: number('rawId'),
  platform_subtype_id: number('platformSubtype'),
  pmic_model: number('pmicModel'),
  pmic_die_revision: joined('pmicDieRevision'),
  chip_name: text('chipName', 32),
})

const DEBUG: Readonly<Record<string, Compare>> = {
  ...COMMON,
  info_fmt: joined('format'),
  hardware_platform: number('platform'),
  hardware_platform_subtype: number('platformSubtype'),
  pmic_model: pmicModel,
  pmic_model_array: pmicModels,
  pmic_die_rev: version('pmicDieRevision'),
  chip_id: text('chipName', 32),
  feature_code: number('featureCode'),
  pcode: number('productCode'),
  oem_variant: number('oemVariant'),
  num_func_clusters: number('functionalClusterCount'),
  boot_cluster: number('bootCluster'),
  boot_core: number('bootCore'),
  raw_package_type: number('rawPackageType'),
}

/** One record of our decoder for the image versions. */
export interface ImageVersion {
  readonly index: number
  /** As the kernel names the index; null where it does not. */
  readonly image: string | null
  readonly name: string
  readonly variant: string
  readonly oem: string
}

const IMAGE_WIDTHS = { name: 75, variant: 20, oem: 32 } as const

/** Every file of every image, for which we leave out the records without a name. */
export function compareImages(soc0: Soc0, ours: readonly ImageVersion[]): ComparedFact[] {
  return Object.entries(soc0.images).flatMap(([folder, texts]) => {
    const record = ours.find(({ image }) => image === folder)
    const unnamed = record === undefined && (texts.name ?? '') === ''
    return Object.entries(texts).map(([file, kernel]) => {
      const path = `${QCOM_SOCINFO}/${folder}/${file}`
      const key = file as keyof typeof IMAGE_WIDTHS
      const compared = text(key, IMAGE_WIDTHS[key])(kernel, { [key]: record?.[key] ?? '' })!
      const excuse = unnamed && !compared.same ? 'the record has no name' : compared.excuse
      return { path, item: itemOf(record), kernel, ...compared, excuse }
    })
  })
}

function itemOf(record: ImageVersion | undefined): number {
  return (record?.index ?? 0) < FIRST_OF_SECOND_TABLE
    ? ItemId.IMAGE_VERSION_TABLE
    : ItemId.IMAGE_VERSION_TABLE_2
}

const FIRST_OF_SECOND_TABLE = 32

/** Every fact that both sides have. `model`: of the device tree's root. */
export function compareChip(soc0: Soc0, ours: Socinfo, model: string | null): ComparedFact[] {
  return [
    ...compareFolder(SOC0, soc0.attributes, attributes(model), ours),
    ...compareFolder(QCOM_SOCINFO, soc0.debug, DEBUG, ours),
  ]
}

function compareFolder(
  folder: string,
  texts: Readonly<Record<string, string>>,
  table: Readonly<Record<string, Compare>>,
  ours: Socinfo,
): ComparedFact[] {
  return Object.entries(texts).flatMap(([name, kernel]) => {
    const compared = Object.hasOwn(table, name) ? table[name]!(kernel, ours) : null
    const fact = { path: `${folder}/${name}`, item: ItemId.HW_SW_BUILD_ID, kernel }
    return compared === null ? [] : [{ ...fact, ...compared }]
  })
}
