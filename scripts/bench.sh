#!/bin/sh
# SPDX-License-Identifier: MIT
# `npm run bench`: sets up what is missing, builds, fetches the rivals, and measures. `-- --json` prints JSON, `-- --write`
# writes bench/README.md and its pictures. A rival that cannot be had is named in the table.
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh --build

packages=
for each in cc:gcc python3:python3 busybox:busybox taskset:util-linux; do
  command -v "${each%:*}" > /dev/null || packages="$packages ${each#*:}"
done
# shellcheck disable=SC2086 # a list of words
sh scripts/apt-install.sh $packages || echo 'bench: going on without' >&2
sh scripts/fetch-mmap-io.sh || echo 'bench: going on without mmap-io' >&2

exec node build/ts/bench/main.js "$@"
