#!/bin/sh
# SPDX-License-Identifier: MIT
# `npm run bench`: sets up what is missing, builds, and measures; `-- --json` prints JSON.
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh --build
exec node build/ts/bench/main.js "$@"
