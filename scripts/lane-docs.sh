#!/bin/sh
# SPDX-License-Identifier: MIT
# The lane of the API reference and the examples: makes the reference, with warnings as errors, holds every symbol and
# every example in it to what it says, and runs the programs of examples/. The last line is "N passed, N failed".
. "$(dirname "$0")/lane.sh"
sh scripts/setup.sh --build || fail 'the set-up failed'
npx tsc -b || fail 'the tests do not compile'
export QCOM_SMEM_TEST_TIMEOUT=120000
exec node scripts/run-suites.js reference examples
