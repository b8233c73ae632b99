// SPDX-License-Identifier: MIT
// How item 137 lies in memory: a fixed part that grows at its end with each format, and arrays behind it, which the
// fixed part points to; they need not be aligned. Source: Linux include/linux/soc/qcom/socinfo.h; EDK2
// ChipPlatformInfoSmem.h; the part names from the socinfo driver of the downstream kernels.

import { text, u8, u16, u32, version } from '../layout/scalar.js'
import { type Of, struct } from '../layout/struct.js'

export const Socinfo = struct('socinfo', {
  format: version,
  id: u32,
  version,
  buildId: text(32),
  rawId: u32,
  rawVersion: u32,
  platform: u32,
  platformVersion: version,
  accessoryChip: u32,
  platformSubtype: u32,
  pmicModel: u32,
  pmicDieRevision: version,
  pmicModel1: u32,
  pmicDieRevision1: version,
  pmicModel2: u32,
  pmicDieRevision2: version,
  foundryId: u32,
  serialNumber: u32,
  pmicCount: u32,
  pmicArrayOffset: u32,
  chipFamily: u32,
  rawDeviceFamily: u32,
  rawDeviceNumber: u32,
  productId: u32,
  chipName: text(32),
  clusterCount: u32,
  clusterArrayOffset: u32,
  subsetPartCount: u32,
  subsetPartArrayOffset: u32,
  modemSupported: u32,
  featureCode: u32,
  productCode: u32,
  partNameMapOffset: u32,
  partNameMapCount: u32,
  oemVariant: u32,
  keyValueCount: u32,
  keyValueOffset: u32,
  functionalClusterCount: u32,
  bootCluster: u32,
  bootCore: u32,
  rawPackageType: u32,
  partialFeatureArrayOffset: u32,
  cpuCoreArrayOffset: u32,
  partInstanceOffset: u32,
  partInstanceCount: u32,
})
export type Socinfo = Of<typeof Socinfo>

/** The field with which each format begins, from 0.1. */
const firstFieldOfFormat: readonly (keyof Socinfo)[] = [
  'format',
  'rawId',
  'platform',
  'platformVersion',
  'accessoryChip',
  'platformSubtype',
  'pmicModel',
  'pmicModel1',
  'foundryId',
  'serialNumber',
  'pmicCount',
  'chipFamily',
  'productId',
  'clusterCount',
  'modemSupported',
  'featureCode',
  'oemVariant',
  'keyValueCount',
  'functionalClusterCount',
  'rawPackageType',
  'partialFeatureArrayOffset',
  'cpuCoreArrayOffset',
  'partInstanceOffset',
]

/** Minor of the newest format that is known. */
export const NEWEST_FORMAT = firstFieldOfFormat.length

/** Bytes of the fixed part of format 0.`minor`; of a newer one those that are known. */
export function fixedSize(minor: number): number {
  const next = firstFieldOfFormat[minor]
  return next === undefined ? Socinfo.size : Socinfo.offsets[next]
}

export const Pmic = struct('pmic', { model: u32, dieRevision: version })
export const PartName = struct('part name', {
  part: u32,
  chipId: u32,
  vulkanId: u32,
  name: text(32),
})
export const KeyValue = struct('key-value pair', { key: u32, value: u32 })
export const PartInstance = struct('part instance', {
  part: u16,
  instance: u8,
  disabled: u8,
  disabledFeatures: u32,
})

/** The arrays, with the fields of the fixed part that tell how many elements they have, and where. */
export const socinfoArrays = {
  pmics: { element: Pmic, count: 'pmicCount', offset: 'pmicArrayOffset' },
  /** A mask for each cluster. */
  disabledCores: { element: u32, count: 'clusterCount', offset: 'clusterArrayOffset' },
  /** A mask of instances for each type of part. */
  disabledParts: { element: u32, count: 'subsetPartCount', offset: 'subsetPartArrayOffset' },
  partNames: { element: PartName, count: 'partNameMapCount', offset: 'partNameMapOffset' },
  keyValues: { element: KeyValue, count: 'keyValueCount', offset: 'keyValueOffset' },
  /** A mask of components for each type of part. */
  partialFeatures: { element: u32, count: 'subsetPartCount', offset: 'partialFeatureArrayOffset' },
  /** For each cluster. */
  coreCounts: { element: u32, count: 'clusterCount', offset: 'cpuCoreArrayOffset' },
  partInstances: {
    element: PartInstance,
    count: 'partInstanceCount',
    offset: 'partInstanceOffset',
  },
} as const
