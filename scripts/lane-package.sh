#!/bin/sh
# SPDX-License-Identifier: MIT
# The lane of the package as users get it: packs it, has publint, attw and knip judge it, and tries it in every cell of
# the matrix. The last line is "N passed, N failed".
. "$(dirname "$0")/lane.sh"
sh scripts/setup.sh --build || fail 'the set-up failed'
node scripts/prebuild.js --check 2> /dev/null || npm run prebuild || fail 'the binaries cannot be built'
npm run package || fail 'the package cannot be packed'
packed=$(ls build/package/*.tgz)
npx publint --strict "$packed" || fail 'publint has found something'
npx attw "$packed" || fail 'attw has found something'
npx knip || fail 'knip has found something'
exec node scripts/matrix.js
