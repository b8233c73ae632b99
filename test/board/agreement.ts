// SPDX-License-Identifier: MIT
// Where the kernel's socinfo driver and the decoder of item 137 speak of the same: the kernel's file, the
// decoder's field, and how the kernel writes that field. Source: the kernel's drivers/soc/qcom/socinfo.c.

type Value = Readonly<Record<string, unknown>>

/** Where the kernel has the two sets of files. */
export const SOC = '/sys/devices/soc0'
export const DEBUG = '/sys/kernel/debug/qcom_socinfo'

interface Agreement {
  readonly file: string
  readonly field: string
  readonly written: (value: unknown) => string
}

const text = (value: unknown) => String(value)
const word = (value: unknown) => `0x${Number(value).toString(16).padStart(8, '0')}`
/** The decoder's `2.1` as one number with the major half above. */
const joined = (value: unknown) => {
  const [major, minor] = text(value).split('.').map(Number)
  return (major ?? 0) * 0x10000 + (minor ?? 0)
}

const AGREEMENTS: readonly Agreement[] = [
  { file: `${SOC}/machine`, field: 'soc', written: text },
  { file: `${SOC}/soc_id`, field: 'id', written: text },
  { file: `${SOC}/revision`, field: 'version', written: text },
  { file: `${SOC}/serial_number`, field: 'serialNumber', written: text },
  { file: `${DEBUG}/info_fmt`, field: 'format', written: (value) => word(joined(value)) },
  { file: `${DEBUG}/build_id`, field: 'buildId', written: text },
  { file: `${DEBUG}/raw_version`, field: 'rawVersion', written: text },
  { file: `${DEBUG}/hardware_platform`, field: 'platform', written: text },
  { file: `${DEBUG}/platform_version`, field: 'platformVersion', written: (v) => text(joined(v)) },
  { file: `${DEBUG}/accessory_chip`, field: 'accessoryChip', written: text },
  { file: `${DEBUG}/hardware_platform_subtype`, field: 'platformSubtype', written: text },
  { file: `${DEBUG}/pmic_die_rev`, field: 'pmicDieRevision', written: text },
  { file: `${DEBUG}/foundry_id`, field: 'foundryId', written: text },
  { file: `${DEBUG}/raw_device_number`, field: 'rawDeviceNumber', written: word },
  { file: `${DEBUG}/raw_device_family`, field: 'rawDeviceFamily', written: word },
  { file: `${DEBUG}/chip_family`, field: 'chipFamily', written: word },
  { file: `${DEBUG}/chip_id`, field: 'chipName', written: text },
  { file: `${DEBUG}/nproduct_id`, field: 'productId', written: text },
  { file: `${DEBUG}/num_clusters`, field: 'clusterCount', written: text },
  { file: `${DEBUG}/num_subset_parts`, field: 'subsetPartCount', written: text },
  { file: `${DEBUG}/nmodem_supported`, field: 'modemSupported', written: text },
  { file: `${DEBUG}/feature_code`, field: 'featureCode', written: text },
  { file: `${DEBUG}/pcode`, field: 'productCode', written: text },
]

/** The kernel shows so many even for an old format. */
const LEAST_FACTS = 11

/**
 * Compares whatever the kernel shows, and returns a line for each fact. Throws where the two differ, or
 * where there was too little to compare.
 */
export function compare(kernel: ReadonlyMap<string, string>, decoded: Value): string {
  const facts = AGREEMENTS.filter(({ file }) => kernel.has(file)).map(
    ({ file, field, written }) => {
      const [said, ours] = [kernel.get(file), written(decoded[field])]
      const verdict = said === ours ? 'agrees with' : 'DIFFERS from'
      return { agrees: said === ours, line: `${file} = ${said} ${verdict} our ${field}: ${ours}` }
    },
  )
  const text = facts.map(({ line }) => line).join('\n')
  if (facts.every(({ agrees }) => agrees) && facts.length >= LEAST_FACTS) return text
  throw new Error(`${facts.length} facts were compared, at least ${LEAST_FACTS} expected:\n${text}`)
}

/** `path:contents` lines, as grep prints them, by path; the first line of a file counts. */
export function byPath(listing: string): Map<string, string> {
  const files = new Map<string, string>()
  for (const line of listing.split('\n')) {
    const colon = line.indexOf(':')
    const path = line.slice(0, colon)
    if (colon > 0 && !files.has(path)) files.set(path, line.slice(colon + 1))
  }
  return files
}
