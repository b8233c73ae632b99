#!/bin/sh
# SPDX-License-Identifier: MIT
# Brings a fresh clone on a Debian machine with Node to where it can be built: compiler, cmake and npm packages.
# With --build it also builds what is missing or older than its sources. Says nothing where nothing is to do.
set -eu
cd "$(dirname "$0")/.."

say() { echo "setup: $*" >&2; }

# Runs a command, and shows what it said only if it failed.
quietly() {
  if ! output=$("$@" 2>&1); then
    printf '%s\n' "$output" >&2
    say "failed: $*"
    exit 1
  fi
}

# Whether any of the files and folders $2... is newer than $1, or $1 is not there.
stale() {
  made=$1
  shift
  [ ! -e "$made" ] || [ -n "$(find "$@" -newer "$made" 2> /dev/null | head -n 1)" ]
}

has() {
  for program in "$@"; do
    if command -v "$program" > /dev/null 2>&1; then return 0; fi
  done
  return 1
}

has node npm || { say 'Node is missing: https://nodejs.org, 20.19 or later'; exit 1; }
linux=$(node -p 'process.platform === "linux"')
if [ "$linux" = true ]; then
  packages=
  has "${CXX:-c++}" g++ clang++ || packages="$packages g++"
  has cmake || packages="$packages cmake"
  has make ninja || packages="$packages make"
  has python3 || packages="$packages python3"
  # shellcheck disable=SC2086 # a list of words
  sh scripts/apt-install.sh $packages
fi
if stale node_modules/.package-lock.json package-lock.json; then
  say 'installing npm packages'
  quietly npm ci
fi

[ "${1-}" = --build ] || exit 0
if [ "$linux" = true ] && stale build/Release/qcom_smem.node native CMakeLists.txt; then
  say 'building the native module'
  quietly npm run build:native
  touch build/Release/qcom_smem.node # a comment may have changed and nothing else
fi
if stale dist/cli.cjs lib test bench tsconfig.base.json scripts/bundle.js scripts/page.js package.json; then
  say 'building dist'
  quietly npm run build:ts
fi
