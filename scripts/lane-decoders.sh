#!/bin/sh
# SPDX-License-Identifier: MIT
# The lane that gives hostile items to every decoder: QCOM_SMEM_FUZZ_INPUTS of them, a million by default, from the
# seed QCOM_SMEM_FUZZ_SEED. The last line is "N passed, N failed".
. "$(dirname "$0")/lane.sh"
sh scripts/setup.sh --build || fail 'the set-up failed'
npx tsc -b
exec node build/ts/test/items/fuzz/main.js
