#!/bin/sh
# SPDX-License-Identifier: MIT
# The lane in which processes, threads and remote processors allocate in the same heaps, for
# QCOM_SMEM_CONTENTION_SECONDS (60 by default). The last line is "N passed, N failed".
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh --build || {
  echo '0 passed, 1 failed'
  exit 1
}
npx tsc -b
exec node build/ts/test/contention/main.js
