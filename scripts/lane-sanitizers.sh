#!/bin/sh
# SPDX-License-Identifier: MIT
# The lane that runs the native, port and lock suites on a module with AddressSanitizer and UndefinedBehaviorSanitizer,
# then once more with the leak checker. The last line is "N passed, N failed".
. "$(dirname "$0")/lane.sh"
sh scripts/setup.sh --build || fail 'the set-up failed'
output=$(cmake -S . -B build-asan -DQCOM_SMEM_SANITIZE=ON 2>&1 && cmake --build build-asan 2>&1) ||
  fail "$output"
# The runtime has to be there before node is: node itself is not instrumented.
runtime=$(realpath "$(c++ -print-file-name=libasan.so)")
[ -e "$runtime" ] || fail 'this compiler has no libasan.so'

export QCOM_SMEM_BINDING="$PWD/build-asan/Release/qcom_smem.node"
export UBSAN_OPTIONS=print_stacktrace=1
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT
for leaks in 0 1; do
  echo "detect_leaks=$leaks"
  # In node itself only: cmake, objdump and others that tests start are not ours to check.
  QCOM_SMEM_TEST_NODE="env LD_PRELOAD=$runtime ASAN_OPTIONS=detect_leaks=$leaks LSAN_OPTIONS=exitcode=23 $(command -v node)" \
    node scripts/run-suites.js native port lock | tee -a "$lines" || true
done
awk '/^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3 }
  END { print passed + 0 " passed, " failed + 0 " failed"; exit !(passed > 0 && failed == 0) }' "$lines"
