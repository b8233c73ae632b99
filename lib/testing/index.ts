// SPDX-License-Identifier: MIT
// `qcom-smem/testing`: SMEM for tests. Describe one and get its bytes (`buildImage`), or a SoC that has it in
// memory which several processes share (`FakeSoc`).

/**
 * SMEM for tests: {@link FakeSoc.create} is where to begin, {@link buildImage} where bytes are enough.
 * @example
 * ```ts
 * import { Smem } from 'qcom-smem'
 * import { FakeSoc } from 'qcom-smem/testing'
 *
 * using soc = FakeSoc.create('msm8916')
 * using smem = Smem.open({ source: `fake:${soc.path}` })
 * console.log(smem.version) // { raw: 720896, major: 11, minor: 0 }
 * ```
 * @module qcom-smem/testing
 */

export type { LockWord } from '../lock/word.js'
export type {
  GlobalPartitionDescription,
  ImageDescription,
  ItemDescription,
  PartitionDescription,
  PartitionItemDescription,
  PrivatePartitionDescription,
  RegionDescription,
  TocItemDescription,
} from './description.js'
export { type FakeRegion, FakeSoc, type FakeSocOptions, type FromImageOptions } from './fake-soc.js'
export {
  buildImage,
  type ImageRegion,
  type PlacedItem,
  type PlacedPartition,
  SmemImage,
} from './image.js'
export {
  type ImageName,
  type ImageVersionDescription,
  type ImageVersions,
  imageVersions,
  imageVersions2,
} from './items/image-versions.js'
export { type Smp2pDescription, smp2pItem } from './items/smp2p.js'
export { type SocinfoDescription, socinfo } from './items/socinfo.js'
export type { RegionKind } from './manifest.js'
export { type BoardDescription, type FakeBoard, fakeBoard, type Profile } from './profile.js'
export {
  defaultProfile,
  findProfile,
  type ProfileName,
  profileNames,
  profiles,
} from './profiles.js'
export type { Garbage, GarbageWord } from './remote/garbage.js'
export {
  type AllocationRules,
  type RemoteKind,
  type RemoteRole,
  remoteRoles,
} from './remote/kind.js'
export type { Range } from './remote/random.js'
export {
  type RemoteAllocOptions,
  type RemoteOptions,
  RemoteProcessor,
} from './remote/remote-processor.js'
export type { RemoteItem, RemoteLookup, RemoteRequest } from './remote/request.js'
export {
  errorsOf,
  itemsOf,
  type RemoteReport,
  type RemoteTurn,
  type Rhythm,
} from './remote/rhythm.js'
