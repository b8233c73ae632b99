#!/bin/sh
# SPDX-License-Identifier: MIT
# The lane that reads every Qualcomm device tree of Debian's arm64 kernel. Fetches them on first use;
# the last line is "N passed, N failed".
set -eu
cd "$(dirname "$0")/.."
sh scripts/fetch-dtbs.sh > /dev/null
npx tsc -b
exec npx mocha --no-config --timeout 20000 --fail-zero --reporter scripts/tally-reporter.cjs \
  build/ts/test/dtbs/*.test.js
