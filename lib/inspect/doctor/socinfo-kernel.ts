// SPDX-License-Identifier: MIT
// Does the kernel read the same of this chip out of SMEM as we do? Both decode the same items, so a difference means
// that one of the two is wrong, or that the bytes changed since the kernel looked.

import { QCOM_SOCINFO, SOC0 } from '../../board/soc0.js'
import { hexAddress } from '../../errors.js'
import {
  type ComparedFact,
  compareChip,
  compareImages,
  type ImageVersion,
  type Socinfo,
} from './chip-facts.js'
import type { ChipItems } from './chip-items.js'
import { ok, unknown, type Verdict, warning } from './finding.js'
import type { Machine } from './machine.js'

export function socinfoKernel({ chipItems, soc0, board }: Machine): Verdict {
  if (chipItems === null) return unknown('what SMEM says of the chip was not read')
  const facts = [
    ...(chipItems.socinfo.value === null
      ? []
      : compareChip(soc0, chipItems.socinfo.value as Socinfo, board?.model ?? null)),
    ...compareImages(soc0, recordsOf(chipItems)),
  ]
  const [versions] = chipItems.images // the second table is there on few chips
  const missing = [chipItems.socinfo, versions].flatMap(({ id, error }) =>
    error === null ? [] : [`item ${id}: ${error}`],
  )
  if (facts.length === 0) {
    return unknown('kernel and SMEM tell no facts of the chip that could be compared', [
      `${SOC0}: ${Object.keys(soc0.attributes).length} attributes`,
      `${QCOM_SOCINFO}: ${Object.keys(soc0.debug).length} files`,
      ...missing,
    ])
  }
  const excused = facts.filter(({ same, excuse }) => !same && excuse !== null)
  const different = facts.filter(({ same, excuse }) => !same && excuse === null)
  const evidence = [
    ...different.map((fact) => difference(fact, chipItems)),
    ...excused.map((fact) => `${difference(fact, chipItems)}: ${fact.excuse}`),
    ...counted(facts),
    ...missing,
  ]
  if (different.length === 0) {
    return ok(
      `the kernel says the same of this chip, in ${facts.length - excused.length} facts`,
      evidence,
    )
  }
  const names = different.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)).join(', ')
  return warning(
    `the kernel says something else of this chip: ${names}`,
    evidence,
    'look at the bytes with: qcom-smem show HW_SW_BUILD_ID --hex. A name comes from a table of each side; a number that differs was changed since the kernel started, or one side decodes it wrongly: please report it',
  )
}

function recordsOf({ images }: ChipItems): ImageVersion[] {
  return images.flatMap(({ value }) => (Array.isArray(value) ? (value as ImageVersion[]) : []))
}

function difference({ path, kernel, item, ours }: ComparedFact, items: ChipItems): string {
  const source = [items.socinfo, ...items.images].find(({ id }) => id === item)
  const where = typeof source?.address === 'number' ? ` at ${hexAddress(source.address)}` : ''
  return `${path}: ${JSON.stringify(kernel)}, item ${item}${where}: ${JSON.stringify(ours)}`
}

/** How many facts agree, by folder. */
function counted(facts: readonly ComparedFact[]): string[] {
  const same = facts.filter((fact) => fact.same)
  return [SOC0, QCOM_SOCINFO].flatMap((folder) => {
    const count = same.filter(({ path }) => path.startsWith(`${folder}/`)).length
    return count === 0 ? [] : [`${folder}: ${count} facts agree`]
  })
}
