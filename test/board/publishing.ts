// SPDX-License-Identifier: MIT
// An item that the library allocates and fills, and that the kernel reads: the versions of the images, which its
// socinfo driver shows. In version 12 it is a cached one. The kernel never allocates those, but finds them.

import assert from 'node:assert/strict'
import type { Placed } from './heap.js'
import { IMAGE_VERSIONS, type Image } from './image.js'
import { INSTALLED } from './initramfs.js'
import { BUS, checkImageVersions, loaded, SOCINFO_COMMAND } from './kernel.js'
import type { Part } from './scenario.js'
import { imageVersionsItem } from './socinfo.js'

/** The item, and the part that publishes it; the drivers but for socinfo are there, bound by hand. */
export function publishing(image: Image): { readonly placed: Placed; readonly part: Part } {
  const bytes = imageVersionsItem(image.images)
  const { global } = image
  const placed =
    global.foretellCached?.(IMAGE_VERSIONS, bytes.length) ??
    global.foretell(IMAGE_VERSIONS, bytes.length)
  const item = `${IMAGE_VERSIONS} ${bytes.toString('hex')} ${placed.cached ? 'cached' : 'uncached'}`
  const part: Part = {
    steps: [
      { name: 'publish', command: `node ${INSTALLED}/board/publishing.js ${item}` },
      {
        name: 'publish-socinfo',
        command: `${loaded(['socinfo'])}
          echo qcom-socinfo > ${BUS}/qcom-socinfo/bind && { ${SOCINFO_COMMAND}; }`,
      },
    ],
    async check(ledger, seen) {
      await ledger.check('the kernel reads what the library wrote into an item of its own', () => {
        const { cached, size, address } = placed
        assert.deepEqual(seen.json('publish'), { cached, size, address })
        const told = checkImageVersions(seen.output('publish-socinfo'), image)
        return `${cached ? 'cached' : 'uncached'} item ${IMAGE_VERSIONS}: ${told}`
      })
    },
  }
  return { placed, part }
}
