#!/bin/sh
# SPDX-License-Identifier: MIT
# The lane of the prebuilt binaries: makes all of them, which runs each once, holds them and what guards them to what
# they promise, and runs the suites that are close to the machine on musl. The last line is "N passed, N failed".
. "$(dirname "$0")/lane.sh"
sh scripts/setup.sh --build || fail 'the set-up failed'
npx tsc -b || fail 'the tests do not compile'
node scripts/prebuild.js || fail 'not every binary could be made'
musl=$(sh scripts/prebuild/fetch-musl.sh x64) || fail 'musl is missing'

lines=$(mktemp)
trap 'rm -f "$lines"' EXIT
suites() {
  # The tally counts; a suite that cannot begin has none, and no tally is a failure.
  node scripts/run-suites.js "$@" 2>&1 | tee "$lines.part" || :
  cat "$lines.part" >> "$lines"
  rm "$lines.part"
}
export QCOM_SMEM_TEST_TIMEOUT=300000
suites prebuild
QCOM_SMEM_TEST_NODE=$(cat "$musl/run")
# As it was before it was stripped: some suites read the code.
QCOM_SMEM_BINDING=$PWD/build/prebuild/linux-x64-musl/Release/qcom_smem.node
export QCOM_SMEM_TEST_NODE QCOM_SMEM_BINDING
suites native port heap lock

awk '/^[0-9]+ passed, [0-9]+ failed$/ { tallies++; passed += $1; failed += $3 }
  END {
    failed += 2 - tallies
    print passed + 0 " passed, " failed " failed"
    exit !(passed > 0 && failed == 0)
  }' "$lines"
