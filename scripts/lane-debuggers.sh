#!/bin/sh
# SPDX-License-Identifier: MIT
# The lane that opens snapshots with readelf, objdump, gdb and drgn, which it installs.
# The last line is "N passed, N failed".
. "$(dirname "$0")/lane.sh"
sh scripts/setup.sh --build || fail 'the set-up failed'
sh scripts/apt-install.sh binutils gdb-multiarch python3-drgn || fail 'the debuggers are missing'
node scripts/run-suites.js debuggers
