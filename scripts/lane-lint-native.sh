#!/bin/sh
# SPDX-License-Identifier: MIT
# The lane that reads the C++: clang-format for its shape, clang-tidy (.clang-tidy) for what it does, one file a test.
# The last line is "N passed, N failed".
. "$(dirname "$0")/lane.sh"
sh scripts/setup.sh || fail 'the set-up failed'
sh scripts/apt-install.sh clang-format clang-tidy || fail 'the linters are missing'
output=$(cmake -S . -B build-tidy -DCMAKE_EXPORT_COMPILE_COMMANDS=ON 2>&1) || fail "$output"
# An option that clang does not know; gcc would make a memcpy of a loop without it.
sed -i 's/ -fno-tree-loop-distribute-patterns//' build-tidy/compile_commands.json

passed=0
failed=0
# check WHAT COMMAND...: one test; tells what the command said where it failed.
check() {
  what=$1
  shift
  if output=$("$@" 2>&1); then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s\n%s\n' "$what" "$output"
  fi
}
for file in native/*.cc native/*.h native/musl/*.cc native/musl/*.h test/native/core/*.cc test/native/core/*.h; do
  check "the format of $file" clang-format --dry-run -Werror "$file"
done
for file in native/*.cc; do
  check "$file" clang-tidy --quiet -p build-tidy "$file"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
