#!/bin/bash
# SPDX-License-Identifier: MIT
# The lane that reads every Qualcomm device tree of Debian's arm64 kernel. Fetches them on first use;
# the last line is "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/fetch-dtbs.sh > /dev/null
npx tsc -b
report=$(mktemp)
trap 'rm -f "$report"' EXIT
npx mocha --no-config --timeout 20000 --reporter json --reporter-option "output=$report" \
  build/ts/test/dtbs/survey.test.js > /dev/null || true
node - "$report" << 'JS'
const { stats, failures } = JSON.parse(require('node:fs').readFileSync(process.argv[2], 'utf8'))
for (const { fullTitle, err } of failures) console.log(`${fullTitle}\n  ${err.message}\n`)
console.log(`${stats.passes} passed, ${stats.failures} failed`)
process.exitCode = stats.failures > 0 || stats.passes === 0 ? 1 : 0
JS
