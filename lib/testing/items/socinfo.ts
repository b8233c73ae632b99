// SPDX-License-Identifier: MIT
// Item 137, the chip's own description. Every format adds fields at the end; arrays lie behind the fixed part.
// Source: Linux include/linux/soc/qcom/socinfo.h; format 0.23 from EDK2 ChipPlatformInfoSmem.h.

import { text, u32 } from '../../layout/scalar.js'
import { type Of, struct } from '../../layout/struct.js'
import { bytesOf, words } from './bytes.js'

const Socinfo = struct('socinfo', {
  fmt: u32,
  id: u32,
  ver: u32,
  buildId: text(32),
  rawId: u32,
  rawVer: u32,
  hwPlat: u32,
  platVer: u32,
  accessoryChip: u32,
  hwPlatSubtype: u32,
  pmicModel: u32,
  pmicDieRev: u32,
  pmicModel1: u32,
  pmicDieRev1: u32,
  pmicModel2: u32,
  pmicDieRev2: u32,
  foundryId: u32,
  serialNum: u32,
  numPmics: u32,
  pmicArrayOffset: u32,
  chipFamily: u32,
  rawDeviceFamily: u32,
  rawDeviceNum: u32,
  nproductId: u32,
  chipId: text(32),
  numClusters: u32,
  nclusterArrayOffset: u32,
  numSubsetParts: u32,
  nsubsetPartsArrayOffset: u32,
  nmodemSupported: u32,
  featureCode: u32,
  pcode: u32,
  npartnamemapOffset: u32,
  nnumPartnameMapping: u32,
  oemVariant: u32,
  numKvps: u32,
  kvpsOffset: u32,
  numFuncClusters: u32,
  bootCluster: u32,
  bootCore: u32,
  rawPackageType: u32,
  partialFeaturesArrayOffset: u32,
  cpuCoresArrayOffset: u32,
  partInstancesOffset: u32,
  numPartInstances: u32,
})

/** The field with which each format begins, from 0.1. */
const firstFieldOfFormat = [
  'fmt',
  'rawId',
  'hwPlat',
  'platVer',
  'accessoryChip',
  'hwPlatSubtype',
  'pmicModel',
  'pmicModel1',
  'foundryId',
  'serialNum',
  'numPmics',
  'chipFamily',
  'nproductId',
  'numClusters',
  'nmodemSupported',
  'featureCode',
  'oemVariant',
  'numKvps',
  'numFuncClusters',
  'rawPackageType',
  'partialFeaturesArrayOffset',
  'cpuCoresArrayOffset',
  'partInstancesOffset',
] as const satisfies readonly (keyof Of<typeof Socinfo>)[]

/** Formats with a count and an offset for each array. */
const PMIC_ARRAY_FORMAT = 11
const CLUSTER_ARRAY_FORMAT = 14

export interface SocinfoDescription extends Partial<Omit<Of<typeof Socinfo>, 'fmt'>> {
  /** Minor of the format, 1 to 23; the major is 0. */
  readonly format: number
  /** From format 0.11. */
  readonly pmics?: readonly { readonly model: number; readonly dieRev: number }[]
  /** From format 0.14: a mask of disabled cores for each cluster. */
  readonly clusters?: readonly number[]
  /** From format 0.14: a mask of disabled instances for each part type. */
  readonly subsetParts?: readonly number[]
}

/** The bytes of item 137: the fixed part of its format, then its arrays. Fields of newer formats are left out. */
export function socinfo(description: SocinfoDescription): Uint8Array {
  const { format, pmics = [], clusters = [], subsetParts = [], ...fields } = description
  const next = firstFieldOfFormat[format]
  const fixed = next === undefined ? Socinfo.size : Socinfo.offsets[next]
  const tail: number[] = []
  const place = (values: readonly number[]): number => {
    const offset = fixed + tail.length * 4
    tail.push(...values)
    return offset
  }
  const arrays: Partial<Of<typeof Socinfo>> = {}
  if (format >= PMIC_ARRAY_FORMAT) {
    arrays.numPmics = pmics.length
    arrays.pmicArrayOffset = place(pmics.flatMap(({ model, dieRev }) => [model, dieRev]))
  }
  if (format >= CLUSTER_ARRAY_FORMAT) {
    arrays.numClusters = clusters.length
    arrays.nclusterArrayOffset = place(clusters)
    arrays.numSubsetParts = subsetParts.length
    arrays.nsubsetPartsArrayOffset = place(subsetParts)
  }
  const bytes = bytesOf(Socinfo, { ...fields, ...arrays, fmt: format }).subarray(0, fixed)
  return Buffer.concat([bytes, words(tail)])
}
