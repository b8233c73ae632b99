// SPDX-License-Identifier: MIT
// Which versions of what are there: the build of each firmware image, and the protocols that each subsystem speaks.
// The heap's own version words are those of the header, which both formats have.

import { ItemId, itemName } from '../data/item-names.js'
import { SmemError } from '../errors.js'
import type { Item } from '../item.js'
import { subsystemName, versionItems } from '../items/version-arrays.js'
import type { Smem } from '../smem.js'

export interface ImageVersion {
  readonly item: number
  /** Of the image: 0 to 63. */
  readonly index: number
  /** `mpss`; null where the index has no public name. */
  readonly image: string | null
  readonly name: string
  readonly variant: string
  readonly oem: string
}

export interface ProtocolVersion {
  /** 3 for the heap itself. */
  readonly item: number
  /** `SMD`; null where no public source names the protocol. */
  readonly protocol: string | null
  /** Of the word in its array. */
  readonly index: number
  readonly owner: string | null
  readonly major: number
  readonly minor: number
}

export interface VersionsReport {
  readonly schema: 'qcom-smem/versions@1'
  readonly images: readonly ImageVersion[]
  readonly protocols: readonly ProtocolVersion[]
  /** Items that are there and cannot be read. */
  readonly errors: readonly {
    readonly item: number
    readonly code: string
    readonly message: string
  }[]
}

const tables = [ItemId.IMAGE_VERSION_TABLE, ItemId.IMAGE_VERSION_TABLE_2]

export function versionsReport(smem: Smem): VersionsReport {
  const errors: { item: number; code: string; message: string }[] = []
  const decoded = <T>(item: number): readonly T[] => {
    try {
      return (find(smem, item)?.decode() ?? []) as T[]
    } catch (error) {
      if (!(error instanceof SmemError)) throw error
      errors.push({ item, code: error.code, message: error.message })
      return []
    }
  }
  const images = tables.flatMap((item) =>
    decoded<Omit<ImageVersion, 'item'>>(item).map((image) => ({ item, ...image })),
  )
  const others = versionItems
    .filter((item) => item !== ItemId.VERSION_INFO)
    .flatMap((item) =>
      decoded<Omit<ProtocolVersion, 'item' | 'protocol'>>(item).map((version) => {
        return { item, protocol: protocolName(item), ...version }
      }),
    )
  const protocols = [...heapVersions(smem), ...others]
  return { schema: 'qcom-smem/versions@1', images, protocols, errors }
}

function heapVersions(smem: Smem): ProtocolVersion[] {
  return smem.header.versions
    .map((word, index) => ({
      item: ItemId.VERSION_INFO,
      protocol: 'SMEM',
      index,
      owner: subsystemName(index),
      major: word >>> 16,
      minor: word & 0xffff,
    }))
    .filter(({ major, minor }) => major !== 0 || minor !== 0)
}

/** Null where it was never allocated. */
function find(smem: Smem, id: number): Item | null {
  if (id >= smem.itemCount) return null
  try {
    return smem.get(id)
  } catch (error) {
    if (error instanceof SmemError && ['ENXIO', 'ENOENT'].includes(error.code)) return null
    throw error
  }
}

function protocolName(item: number): string | null {
  return /^SMEM_VERSION_([A-Z_]+)$/.exec(itemName(item) ?? '')?.[1]?.replace('LAST', '') || null
}
