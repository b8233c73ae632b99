// SPDX-License-Identifier: MIT
// For programs that are bundled: the prebuilt module for linux-x64-musl, by a path that bundlers can follow.

import candidates = require('../candidates.js')

candidates.bringNative(
  'linux-x64-musl',
  () => require('../../../prebuilds/linux-x64-musl/qcom_smem.node'),
  typeof __dirname === 'string' ? __dirname : undefined,
)
