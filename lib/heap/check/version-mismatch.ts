// SPDX-License-Identifier: MIT
// Secure firmware of version 12 puts its own version into slot 0, and then compares the major versions of
// all slots in use. Source: Arm Trusted Firmware drivers/qti/smem; EDK2 SmemLib.h, SmemVersionSet().

import { hexAddress } from '../../errors.js'
import { Header } from '../../layout/header.js'
import type { Check } from './check.js'

export const versionMismatch: Check = {
  name: 'version-mismatch',
  severity: 'warning',
  explanation:
    "A component has published a major version of SMEM that is not the boot loader's. Linux does not look, " +
    'but secure firmware compares all version words when it attaches, and stops at the first that differs. ' +
    'Expect trouble when a processor is restarted; look for firmware images that do not belong together.',
  *run({ main, header, version, major }) {
    if (major !== 12) return
    for (const [index, word] of header!.versions.entries()) {
      if (word === 0 || word >>> 16 === version!.major) continue
      yield {
        address: main.base + Header.offsets.versions + index * 4,
        message: `version word ${index} is ${hexAddress(word)}, the boot loader's is ${hexAddress(version!.raw)}`,
      }
    }
  },
}
