#!/bin/sh
# SPDX-License-Identifier: MIT
# `npm test`: sets up what is missing, builds, lints, type-checks, and runs the suite under coverage.
# The last line is `N passed, N failed`.
set -eu
cd "$(dirname "$0")/.."

sh scripts/setup.sh --build
npx biome ci --colors=off --error-on-warnings .
npx tsc -b

status=0
{
  npx c8 mocha --reporter scripts/tally-reporter.cjs --forbid-only || echo failed > build/test.failed
} 2>&1 | tee build/test.log
if [ -e build/test.failed ]; then
  rm build/test.failed
  status=1
fi
# Said again behind the coverage summary: the last line is the one that counts.
grep -E '^[0-9]+ passed, [0-9]+ failed$' build/test.log | tail -n 1
exit $status
