#!/bin/sh
# SPDX-License-Identifier: MIT
# `npm run test:board`: the library on an emulated arm64 machine whose stock Debian kernel runs the real
# Qualcomm drivers. Installs, fetches and builds what is missing. See docs/virtual-board.md.
set -eu
cd "$(dirname "$0")/../.."

cache=${XDG_CACHE_HOME:-$HOME/.cache}/qcom-smem/board

needed=''
need() { # need PROGRAM-OR-FILE PACKAGE
  command -v "$1" > /dev/null || [ -e "$1" ] || needed="$needed $2"
}
need cmake cmake
need make make
need xz xz-utils
need flock util-linux
need aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu
need aarch64-linux-gnu-g++ g++-aarch64-linux-gnu
need /usr/aarch64-linux-gnu/lib/libc.a libc6-dev-arm64-cross
if [ -n "$needed" ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    echo "the virtual board needs: apt-get install -y$needed" >&2
    exit 1
  fi
  echo "installing$needed"
  apt-get -qq update
  # shellcheck disable=SC2086 # a list of words
  apt-get -qq -y --no-install-recommends install $needed > /dev/null
fi

[ -d node_modules ] || npm ci --no-audit --no-fund
npm run --silent build:ts
sh test/board/fetch.sh "$cache"

mkdir -p build/board
[ -e build/board/arm64/Makefile ] ||
  cmake -S . -B build/board/arm64 -DCMAKE_TOOLCHAIN_FILE=cmake/linux-arm64.cmake > build/board/cmake.log
cmake --build build/board/arm64 >> build/board/cmake.log
for program in memory drop; do
  aarch64-linux-gnu-gcc -static -O1 -Wall -Wextra -Werror -fno-builtin \
    -o "build/board/$program" "test/board/guest/$program.c"
done

exec node build/ts/test/board/main.js "$cache" "$PWD" "$@"
