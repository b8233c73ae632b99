#!/bin/sh
# SPDX-License-Identifier: MIT
# The lane in which processes, threads and remote processors allocate in the same heaps, for
# QCOM_SMEM_CONTENTION_SECONDS (60 by default). The last line is "N passed, N failed".
. "$(dirname "$0")/lane.sh"
sh scripts/setup.sh --build || fail 'the set-up failed'
npx tsc -b
exec node build/ts/test/contention/main.js
