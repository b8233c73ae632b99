// SPDX-License-Identifier: MIT
// For programs that are bundled: the prebuilt module for linux-arm64-musl, by a path that bundlers can follow.

import candidates = require('../candidates.js')

candidates.bringNative(
  'linux-arm64-musl',
  () => require('../../../prebuilds/linux-arm64-musl/qcom_smem.node'),
  typeof __dirname === 'string' ? __dirname : undefined,
)
