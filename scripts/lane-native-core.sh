#!/bin/sh
# SPDX-License-Identifier: MIT
# The lane of what lies below the bindings, built without Node: threads, deaths, a million plans and hostile lock
# files, under ThreadSanitizer and under AddressSanitizer with UndefinedBehaviorSanitizer. The last line is
# "N passed, N failed".
. "$(dirname "$0")/lane.sh"
sh scripts/setup.sh || fail 'the set-up failed'
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT
crashed=0
for sanitizers in thread address,undefined; do
  folder=build-core/$sanitizers
  output=$(cmake -S test/native/core -B "$folder" -DQCOM_SMEM_SANITIZERS="$sanitizers" 2>&1 &&
    cmake --build "$folder" --target core_test 2>&1) || fail "$output"
  echo "$sanitizers"
  # A sanitizer that has seen something ends the process with an exit code of its own.
  status=$folder/status
  { "$folder/core_test" && echo 0 || echo $?; } 2>&1 | tee "$status"
  cat "$status" >> "$lines"
  [ "$(tail -n 1 "$status")" = 0 ] || crashed=$((crashed + 1))
done
awk -v crashed="$crashed" '/^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3 }
  END {
    if (failed == 0) failed = crashed
    print passed + 0 " passed, " failed " failed"
    exit !(passed > 0 && failed == 0)
  }' "$lines"
