// SPDX-License-Identifier: MIT
// qcom-smem: the shared memory of Qualcomm SoCs.

/**
 * SMEM on a board, in a dump or on a fake SoC: {@link Smem.open} is where to begin.
 * @example
 * ```ts
 * import { ItemId, Smem } from 'qcom-smem'
 *
 * using smem = Smem.open({ source: 'fake' }) // without an argument: this machine's SMEM
 * console.log(smem.get(ItemId.HW_SW_BUILD_ID).name) // SMEM_HW_SW_BUILD_ID
 * ```
 * @module qcom-smem
 */

export type { Board, CarveOut, HwlockWord, PhysicalRange, Smp2pEdgeNode } from './board/board.js'
export { boardOfSoc } from './board/table.js'
export { Host, hostByName, hostName } from './data/hosts.js'
export { type ItemFacts, itemFacts, type Reading } from './data/item-facts.js'
export { ItemId, itemByName, itemName } from './data/item-names.js'
export { socName } from './data/soc-ids.js'
export { type ErrorCode, type ErrorDetails, type ErrorOrigin, SmemError } from './errors.js'
export type { Allocation, AllocRequest } from './heap/allocation.js'
export type { Finding, Severity } from './heap/check/finding.js'
export type { HeapVersion, SmemHeader } from './heap/header.js'
export type { ItemPlace } from './heap/item.js'
export type { Region, Regions } from './heap/region.js'
export type { BrokenItem, Item } from './item.js'
export {
  type Decoded,
  type Decoder,
  type DecoderDescription,
  type Decoding,
  defineDecoder,
} from './items/decoder.js'
export type { Dissection, FieldSpan } from './items/dissection.js'
export type { FieldChange, Scalar } from './items/flatten.js'
export { decoders } from './items/registry.js'
export type { SocinfoValue } from './items/socinfo.js'
export {
  address32,
  address64,
  array,
  type Field,
  type FieldPart,
  reserved,
  text,
  u8,
  u16,
  u32,
  u64,
  version,
} from './layout/scalar.js'
export { type Of, type Struct, struct } from './layout/struct.js'
export type { Claim, ClaimedItem } from './lock/claim.js'
export type { Guard, Plan, Step } from './port/plan.js'
export type { FenceKind, MemoryPort, Stretch } from './port/port.js'
export type {
  AllocAsyncOptions,
  AllocOptions,
  GetOptions,
  HostOptions,
} from './smem/options.js'
export type { ByteChange, WatchEvent, WatchKind, WordChange } from './smem/watch/event.js'
export type { Sampler, SamplerOptions, Watched } from './smem/watch/sampler.js'
export type { Space } from './smem/watch/structure.js'
export type { WatchTarget } from './smem/watch/targets.js'
export type { WatchOptions, WatchRhythm } from './smem/watch.js'
export { Smem, type SmemOptions, type WaitOptions } from './smem.js'
export type { Source, SourceOptions } from './source/source.js'
