#!/bin/sh
# SPDX-License-Identifier: MIT
# Read by the lanes of .ci/run before anything else: they work in the project's folder, and end at the first
# thing that goes wrong. `fail REASON` ends a lane that could not begin.
set -eu
cd "$(dirname "$0")/.."
fail() {
  printf '%s\n' "$1" >&2
  echo '0 passed, 1 failed'
  exit 1
}
