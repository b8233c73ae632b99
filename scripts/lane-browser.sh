#!/bin/sh
# SPDX-License-Identifier: MIT
# The lane that looks at reports and at the live page in the distribution's Chromium, which it installs. Leaves
# pictures in build/browser. The last line is "N passed, N failed".
. "$(dirname "$0")/lane.sh"
sh scripts/setup.sh --build || fail 'the set-up failed'
sh scripts/apt-install.sh chromium || fail 'the browser is missing'
node scripts/run-suites.js browser
