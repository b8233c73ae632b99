#!/bin/sh
# SPDX-License-Identifier: MIT
# The lane that builds the native module by node-gyp, from binding.gyp, in a folder of its own (node-gyp empties
# build/), and runs the native and port suites on it. The last line is "N passed, N failed".
. "$(dirname "$0")/lane.sh"
sh scripts/setup.sh --build || fail 'the set-up failed'
mkdir -p build-gyp
cp binding.gyp package.json build-gyp/
ln -sfn ../native build-gyp/native
nodedir=$(node scripts/node-dir.js) || fail 'node-gyp needs the headers of Node'
output=$(npx node-gyp rebuild -C build-gyp --nodedir "$nodedir" 2>&1) || fail "$output"
export QCOM_SMEM_BINDING="$PWD/build-gyp/build/Release/qcom_smem.node"
node scripts/run-suites.js native port
