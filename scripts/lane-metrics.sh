#!/bin/sh
# SPDX-License-Identifier: MIT
# The lane in which a real Prometheus server, which it installs, watches fake boards; promtool, systemd-analyze and nginx
# take our metrics, rules and configuration. The last line is "N passed, N failed".
. "$(dirname "$0")/lane.sh"
sh scripts/setup.sh --build || fail 'the set-up failed'
sh scripts/apt-install.sh prometheus systemd nginx-light openssl || fail 'Prometheus is missing'
node scripts/run-suites.js metrics
