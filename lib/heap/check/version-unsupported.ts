// SPDX-License-Identifier: MIT
// The master boot loader's version word decides the format: major 11 or 12.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_probe().

import { hexAddress } from '../../errors.js'
import { Header, MASTER_SBL_VERSION } from '../../layout/header.js'
import type { Check } from './check.js'

export const versionUnsupported: Check = {
  name: 'version-unsupported',
  severity: 'error',
  explanation:
    'The version word of the master boot loader has a major version other than 11 and 12, so nobody can tell ' +
    'where the items are: drivers refuse the heap, and only what does not depend on the version was checked. ' +
    'The word is zero where SMEM was never set up. If it is a new version, please report it.',
  *run({ main, version, major }) {
    if (version === null || major !== null) return
    yield {
      address: main.base + Header.offsets.versions + MASTER_SBL_VERSION * 4,
      message: `the version word is ${hexAddress(version.raw)}: major version ${version.major}, where 11 and 12 are known`,
    }
  },
}
