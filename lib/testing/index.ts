// SPDX-License-Identifier: MIT
// `qcom-smem/testing`: SMEM for tests. Describe one and get its bytes (`buildImage`), or a SoC that has it in
// memory which several processes share (`FakeSoc`).

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
export { imageVersions, imageVersions2 } from './items/image-versions.js'
export { smp2pItem } from './items/smp2p.js'
export { socinfo } from './items/socinfo.js'
export { type BoardDescription, type FakeBoard, fakeBoard, type Profile } from './profile.js'
export {
  defaultProfile,
  findProfile,
  type ProfileName,
  profileNames,
  profiles,
} from './profiles.js'
