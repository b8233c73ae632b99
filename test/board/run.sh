#!/bin/sh
# SPDX-License-Identifier: MIT
# `npm run test:board`: the library on an emulated arm64 machine whose stock Debian kernel runs the real
# Qualcomm drivers. Installs, fetches and builds what is missing. See docs/virtual-board.md.
set -eu
cd "$(dirname "$0")/../.."

cache=${XDG_CACHE_HOME:-$HOME/.cache}/qcom-smem/board

sh scripts/setup.sh
sh scripts/apt-install.sh gcc cmake make xz-utils util-linux \
  g++-aarch64-linux-gnu gcc-aarch64-linux-gnu libc6-dev-arm64-cross
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
# What runs in the guest is one file each: an emulated machine takes long to find and link a hundred modules.
npx esbuild build/ts/test/board/guest/*.js --bundle --platform=node --format=esm --target=node20 \
  --minify-whitespace --outdir=build/board/guest --log-level=warning
gcc -shared -fPIC -O2 -Wall -Wextra -Werror -fvisibility=hidden \
  -o build/board/tcsr.so test/board/plugin/tcsr.c

exec node build/ts/test/board/main.js "$cache" "$PWD" "$@"
