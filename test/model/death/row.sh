#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs one row of rows.txt: builds death.pml with what the row names, searches all of its executions, and says
# in one line whether that came out as the row has it. Fewer than all count as a failure.
set -u
verdict=$1 deaths=$2 kernels=$3 remotes=$4
shift 4
model=$(cd "$(dirname "$0")" && pwd)/death.pml
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
# A search that ends at the first error is shorter than the compiler's optimizations.
if [ "$verdict" = holds ]; then level=2; else level=0; fi
flags="-DDEATHS=$deaths -DKERNELS=$kernels -DREMOTES=$remotes"
for part in "$@"; do flags="$flags -D$part"; done
{
  # shellcheck disable=SC2086
  spin -a $flags "$model" &&
    cc -O$level -w -DSAFETY -DNOFAIR -DCOLLAPSE -DMEMLIM=1500 -o pan pan.c &&
    ./pan -m1000 -w24
} > log 2>&1
found=
if grep -q '^State-vector .* errors: 1$' log; then
  found=fails
elif grep -q '^State-vector .* errors: 0$' log && ! grep -q 'Search not completed\|too small' log; then
  found=holds
fi
what="death $deaths$kernels$remotes $*"
if [ "$found" = "$verdict" ]; then
  echo "ok   ${what% } $found"
else
  echo "FAIL ${what% } ${found:-was not searched}"
  cat log
fi
