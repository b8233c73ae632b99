#!/bin/sh
# SPDX-License-Identifier: MIT
# The lane that tries the completions in bash, zsh and fish, and shows the manual page, with programs that it installs.
# The last line is "N passed, N failed".
. "$(dirname "$0")/lane.sh"
sh scripts/setup.sh --build || fail 'the set-up failed'
sh scripts/apt-install.sh bash zsh fish shellcheck python3 mandoc man-db groff-base ||
  fail 'the shells are missing'
node scripts/run-suites.js shells
