#!/bin/sh
# SPDX-License-Identifier: MIT
# The lanes of the boards' processors: cross-compiles the native module and runs the suites on a Node of that
# architecture under qemu-user. arm64 runs all that could tell one processor from another, arm what is close to the
# machine.
# The last line is "N passed, N failed".
. "$(dirname "$0")/lane.sh"

case ${1-} in
  arm64) triplet=aarch64-linux-gnu rooms='all -bench -data -docs -house -inspect/live -items -package -page' ;;
  arm) triplet=arm-linux-gnueabihf rooms='native port heap lock' ;;
  *) fail 'usage: lane-arm.sh arm64|arm' ;;
esac
arch=$1

sh scripts/setup.sh --build || fail 'the set-up failed'
sh scripts/apt-install.sh "g++-$triplet" || fail 'the cross compiler is missing'
emulated=$(sh scripts/fetch-emulator.sh "$arch") || fail 'the emulator is missing'

output=$(cmake -S . -B "build-$arch" -DCMAKE_TOOLCHAIN_FILE="cmake/linux-$arch.cmake" 2>&1 &&
  cmake --build "build-$arch" 2>&1) || fail "$output"

export QCOM_SMEM_BINDING="$PWD/build-$arch/Release/qcom_smem.node"
export QCOM_SMEM_TEST_NODE="$emulated"
export QCOM_SMEM_TEST_TIMEOUT=300000
# The spoiled images of the property suite: 100,000 natively, fewer where every instruction is emulated.
export QCOM_SMEM_IMAGES=5000
# Programs that tests start run on this machine itself.
ESBUILD_BINARY_PATH=$(find "$PWD"/node_modules/@esbuild -path '*/bin/esbuild' | head -n 1)
export ESBUILD_BINARY_PATH
# shellcheck disable=SC2086 # a list of words
node scripts/run-suites.js $rooms
