// SPDX-License-Identifier: MIT
// For programs that are bundled: the path of the module is written out, so that bundlers can follow it.

/**
 * Brings the prebuilt module for linux-arm64 into a program that is bundled. Import it before SMEM is opened; where it does
 * not fit the machine, the other places are looked at as ever.
 * @example
 * ```ts
 * import 'qcom-smem/native/linux-arm64'
 * import { Smem } from 'qcom-smem'
 *
 * console.log(Smem.isAvailable({ source: 'fake' })) // true
 * ```
 * @module qcom-smem/native/linux-arm64
 */

import candidates = require('../candidates.js')

candidates.bringNative(
  'linux-arm64',
  () => require('../../../prebuilds/linux-arm64/qcom_smem.node'),
  typeof __dirname === 'string' ? __dirname : undefined,
)
