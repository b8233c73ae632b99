#!/bin/sh
# SPDX-License-Identifier: MIT
# The lane in which processes die while they allocate: in a build of their own, which kills itself at the milestone
# that it is told, and recovered from by the module that is shipped. The last line is "N passed, N failed".
. "$(dirname "$0")/lane.sh"
sh scripts/setup.sh --build || fail 'the set-up failed'
output=$(cmake -S . -B build-death -DQCOM_SMEM_MILESTONES=ON 2>&1 && cmake --build build-death 2>&1) ||
  fail "$output"
output=$(cmake -S test/native/core -B build-death/core -DQCOM_SMEM_MILESTONES=ON 2>&1 &&
  cmake --build build-death/core --target victim 2>&1) || fail "$output"
exec npx mocha --no-config --timeout 120000 --fail-zero --reporter scripts/tally-reporter.cjs \
  build/ts/test/death/death.test.js
