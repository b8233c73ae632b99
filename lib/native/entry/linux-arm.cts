// SPDX-License-Identifier: MIT
// For programs that are bundled: the prebuilt module for linux-arm, by a path that bundlers can follow.

import candidates = require('../candidates.js')

candidates.bringNative(
  'linux-arm',
  () => require('../../../prebuilds/linux-arm/qcom_smem.node'),
  typeof __dirname === 'string' ? __dirname : undefined,
)
