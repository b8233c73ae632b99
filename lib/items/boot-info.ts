// SPDX-License-Identifier: MIT
// Item 418: what the boot loaders of old phones left for the apps boot loader. Nothing in it says which layout it
// has: the size does. Two of them hold a key, which is never decoded.
// Source: little-kernel platform/msm_shared/smem.h, boot_info_for_apps.

import { ItemId } from '../data/item-names.js'
import { address32, array, type Field, reserved, u16, u32 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'
import type { Decoded, Decoder } from './decoder.js'
import type { Dissection } from './dissection.js'

/** Bytes that have a place in the value, and stay secret. */
function masked(size: number): Field<string> {
  return { size, read: () => 'masked', write: () => {} }
}

const key = { keyLength: u32, ivLength: u32, key: masked(32), iv: masked(32) }
const status = { updateStatus: u32, errorCode: u32 }

const BootFlags = struct('boot info', { bootFlags: u32, ...status })
const BootImage = struct('boot info of MSM7K', {
  appsImageStart: address32,
  bootFlags: u32,
  ...status,
})
const BootKeys = struct('boot info of MSM7x30', {
  ...key,
  bootFlags: u32,
  keysPressed: array(u32, 5),
  timeTick: u32,
  ...status,
  padding: reserved(4),
})
const BootImageKeys = struct('boot info of MSM7x27A', {
  appsImageStart: address32,
  bootFlags: u32,
  ...status,
  ...key,
  keysPressed: array(u16, 10),
  timeTick: u32,
  padding: reserved(28),
})

/** A table of contents rounds sizes up to this. */
const ROUNDED = 8
/** Below this no image is loaded, while flags are small. */
const LEAST_ADDRESS = 0x10000

export const bootInfo = {
  name: 'boot-info',
  items: [ItemId.BOOT_INFO_FOR_APPS],
  summary: 'boot flags, keys held at power-on, update status; keys to decrypt with are masked',
  layout: '12 bytes, 16 (MSM7K), 112 (MSM7x30) or 140 (MSM7x27A)',
  source: 'little-kernel platform/msm_shared/smem.h, boot_info_for_apps',
  decode(item) {
    const layout = layoutOf(item)
    if ('key' in layout.fields) {
      item.note('key and iv are masked here; the raw bytes of the item have them')
    }
    const value = item.read('', layout as Field<Record<string, Decoded>>, 0)
    return { layout: layout.label, ...value }
  },
} satisfies Decoder

/** @throws SmemError EINVAL for a size that no layout has */
function layoutOf(item: Dissection) {
  if (item.size === 16) return either(item)
  const layouts = [BootFlags, BootKeys, BootImageKeys]
  const found = layouts.find(({ size }) => item.size >= size && item.size < size + ROUNDED)
  if (found !== undefined) return found
  throw item.refuse(
    `no layout of the boot info has ${item.size} bytes; 12, 16, 112 and 140 are known`,
  )
}

/** The shortest layout is as long as the next one when it was rounded up. */
function either(item: Dissection) {
  const first = item.peek(u32, 0) ?? 0
  const layout = first >= LEAST_ADDRESS ? BootImage : BootFlags
  item.note(`16 bytes can be two layouts; by its first word this is ${layout.label}`)
  return layout
}
