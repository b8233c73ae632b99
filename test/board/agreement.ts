// SPDX-License-Identifier: MIT
// Where the kernel's socinfo driver and the decoder of item 137 speak of the same: the kernel's file, the format
// with which it came, where its bytes are, how the kernel writes them, and the decoder's field. Source: the kernel's
// drivers/soc/qcom/socinfo.c.

type Value = Readonly<Record<string, unknown>>

/** Where the kernel has the two sets of files. */
export const SOC = '/sys/devices/soc0'
export const DEBUG = '/sys/kernel/debug/qcom_socinfo'

/** How the kernel writes a field: from the bytes, and from what our decoder made of them. */
interface Form {
  readonly placed: (item: Buffer, at: number) => string
  readonly decoded: (value: unknown, whole: Value) => string
}

const word = (item: Buffer, at: number) => item.readUInt32LE(at)
const hexadecimal = (value: number) => `0x${value.toString(16).padStart(8, '0')}`
/** The decoder's `2.1` as one number with the major half above. */
const joined = (value: unknown) => {
  const [major, minor] = String(value).split('.').map(Number)
  return (major ?? 0) * 0x10000 + (minor ?? 0)
}
const version = (value: number) => `${value >>> 16}.${value & 0xffff}`
/** Up to the next NUL, wherever it is. */
const string = (item: Buffer, at: number) => item.toString('latin1', at, item.indexOf(0, at))

/** The kernel's names of the models that are placed here. */
const PMICS: Readonly<Record<number, string>> = {
  0: 'Unknown PMIC model',
  11: 'PM8916',
  20: 'PM8998/PM8015',
  21: 'PMI8998/PM8014',
  24: 'PM8005/PM8922',
}
const pmic = (model: number) => PMICS[model & 0xffff] ?? `unknown (${model & 0xffff})`

interface Pmic {
  readonly model: number
  readonly modelName: string | null
  readonly dieRevision: string
}

const FORMS = {
  decimal: { placed: (item, at) => String(word(item, at)), decoded: String },
  hex: {
    placed: (item, at) => hexadecimal(word(item, at)),
    decoded: (value) => hexadecimal(Number(value)),
  },
  /** A version as one number. */
  packed: { placed: (item, at) => String(word(item, at)), decoded: (v) => String(joined(v)) },
  packedHex: {
    placed: (item, at) => hexadecimal(word(item, at)),
    decoded: (value) => hexadecimal(joined(value)),
  },
  version: { placed: (item, at) => version(word(item, at)), decoded: String },
  text: { placed: string, decoded: String },
  chip: { placed: (item, at) => (word(item, at) === 206 ? 'MSM8916' : 'SDM845'), decoded: String },
  pmic: {
    placed: (item, at) => pmic(word(item, at)),
    decoded: (model, { pmicModelName }) => named(Number(model), pmicModelName as string | null),
  },
  /** At `at` their number, behind it where they are. */
  pmics: {
    placed: (item, at) =>
      Array.from({ length: word(item, at) }, (_, i) => {
        const [model, revision] = [0, 4].map((to) => word(item, word(item, at + 4) + i * 8 + to))
        const name = pmic(model ?? 0)
        return name.startsWith('unknown') ? name : `${name} ${version(revision ?? 0)}`
      }).join('\n'),
    decoded: (pmics) =>
      (pmics as readonly Pmic[])
        .map(({ model, modelName, dieRevision }) => {
          const name = named(model, modelName)
          return name.startsWith('unknown') ? name : `${name} ${dieRevision}`
        })
        .join('\n'),
  },
} as const satisfies Record<string, Form>

function named(model: number, name: string | null): string {
  return name ?? pmic(model & 0xffff)
}

/** File, format 0.N that brought it, offset of its bytes, form, field of the decoder. */
type Row = readonly [
  file: string,
  since: number,
  at: number,
  form: keyof typeof FORMS,
  field: string,
]

const ROWS: readonly Row[] = [
  [`${SOC}/machine`, 1, 0x04, 'chip', 'soc'],
  [`${SOC}/soc_id`, 1, 0x04, 'decimal', 'id'],
  [`${SOC}/revision`, 1, 0x08, 'version', 'version'],
  [`${SOC}/serial_number`, 10, 0x60, 'decimal', 'serialNumber'],
  [`${DEBUG}/info_fmt`, 1, 0x00, 'packedHex', 'format'],
  [`${DEBUG}/build_id`, 1, 0x0c, 'text', 'buildId'],
  [`${DEBUG}/raw_version`, 2, 0x30, 'decimal', 'rawVersion'],
  [`${DEBUG}/hardware_platform`, 3, 0x34, 'decimal', 'platform'],
  [`${DEBUG}/platform_version`, 4, 0x38, 'packed', 'platformVersion'],
  [`${DEBUG}/accessory_chip`, 5, 0x3c, 'decimal', 'accessoryChip'],
  [`${DEBUG}/hardware_platform_subtype`, 6, 0x40, 'decimal', 'platformSubtype'],
  [`${DEBUG}/pmic_model`, 7, 0x44, 'pmic', 'pmicModel'],
  [`${DEBUG}/pmic_die_rev`, 7, 0x48, 'version', 'pmicDieRevision'],
  [`${DEBUG}/foundry_id`, 9, 0x5c, 'decimal', 'foundryId'],
  [`${DEBUG}/pmic_model_array`, 11, 0x64, 'pmics', 'pmics'],
  [`${DEBUG}/chip_family`, 12, 0x6c, 'hex', 'chipFamily'],
  [`${DEBUG}/raw_device_family`, 12, 0x70, 'hex', 'rawDeviceFamily'],
  [`${DEBUG}/raw_device_number`, 12, 0x74, 'hex', 'rawDeviceNumber'],
  [`${DEBUG}/nproduct_id`, 13, 0x78, 'decimal', 'productId'],
  [`${DEBUG}/chip_id`, 13, 0x7c, 'text', 'chipName'],
  [`${DEBUG}/num_clusters`, 14, 0x9c, 'decimal', 'clusterCount'],
  [`${DEBUG}/ncluster_array_offset`, 14, 0xa0, 'decimal', 'clusterArrayOffset'],
  [`${DEBUG}/num_subset_parts`, 14, 0xa4, 'decimal', 'subsetPartCount'],
  [`${DEBUG}/nsubset_parts_array_offset`, 14, 0xa8, 'decimal', 'subsetPartArrayOffset'],
  [`${DEBUG}/nmodem_supported`, 15, 0xac, 'decimal', 'modemSupported'],
  [`${DEBUG}/feature_code`, 16, 0xb0, 'decimal', 'featureCode'],
  [`${DEBUG}/pcode`, 16, 0xb4, 'decimal', 'productCode'],
  [`${DEBUG}/oem_variant`, 17, 0xc0, 'decimal', 'oemVariant'],
  [`${DEBUG}/num_func_clusters`, 19, 0xcc, 'decimal', 'functionalClusterCount'],
  [`${DEBUG}/boot_cluster`, 19, 0xd0, 'decimal', 'bootCluster'],
  [`${DEBUG}/boot_core`, 19, 0xd4, 'decimal', 'bootCore'],
  [`${DEBUG}/raw_package_type`, 20, 0xd8, 'decimal', 'rawPackageType'],
]

/** What the kernel's files have to say of a socinfo item of format 0.`minor`, all but some. */
export function placedFacts(
  item: Buffer,
  minor: number,
  without: ReadonlySet<string>,
): Map<string, string> {
  const known = ROWS.filter(([file, since]) => since <= minor && !without.has(file))
  return new Map(known.map(([file, , at, form]) => [file, FORMS[form].placed(item, at)]))
}

/** What our decoder's value says, as the kernel would write it, of every field that it has. */
export function decodedFacts(decoded: Value): Map<string, string> {
  const present = ROWS.filter(([, , , , field]) => decoded[field] !== undefined)
  return new Map(
    present.map(([file, , , form, field]) => [file, FORMS[form].decoded(decoded[field], decoded)]),
  )
}

/** The kernel shows so many even for an old format. */
const LEAST_FACTS = 11

/**
 * Compares whatever the kernel shows, and returns a line for each fact. Throws where the two differ, or
 * where there was too little to compare.
 */
export function compare(kernel: ReadonlyMap<string, string>, decoded: Value): string {
  const facts = [...decodedFacts(decoded)].flatMap(([file, ours]) => {
    const said = kernel.get(file)
    if (said === undefined) return []
    const verdict = said === ours ? 'agrees with' : 'DIFFERS from'
    return [{ agrees: said === ours, line: `${file} = ${said} ${verdict} ours: ${ours}` }]
  })
  const text = facts.map(({ line }) => line).join('\n')
  if (facts.every(({ agrees }) => agrees) && facts.length >= LEAST_FACTS) return text
  throw new Error(`${facts.length} facts were compared, at least ${LEAST_FACTS} expected:\n${text}`)
}

/** `path:line` lines, as grep prints them, by path. */
export function byPath(listing: string): Map<string, string> {
  const files = new Map<string, string>()
  for (const line of listing.split('\n')) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const [path, text] = [line.slice(0, colon), line.slice(colon + 1)]
    const before = files.get(path)
    files.set(path, before === undefined ? text : `${before}\n${text}`)
  }
  return files
}
