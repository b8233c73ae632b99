#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes sure that the Debian packages named are installed: through apt when root, else it prints the command that
# somebody who is root can run, and exits 1. Says nothing where nothing is to do.
set -eu
missing=
for package in "$@"; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null) || status=
  [ "$status" = installed ] || missing="$missing $package"
done
if [ -z "$missing" ]; then exit 0; fi
command="apt-get update && apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
  echo "missing:$missing. On Debian or Ubuntu:" >&2
  echo "  sudo sh -c '$command'" >&2
  exit 1
fi
echo "installing$missing" >&2
export DEBIAN_FRONTEND=noninteractive
if ! output=$(sh -c "$command" 2>&1); then
  printf '%s\n' "$output" >&2
  exit 1
fi
