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
install="install -y --no-install-recommends$missing"
if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
  echo "missing:$missing. On Debian or Ubuntu:" >&2
  echo "  sudo sh -c 'apt-get update && apt-get $install'" >&2
  exit 1
fi
echo "installing$missing" >&2
export DEBIAN_FRONTEND=noninteractive
# Another program may be at it, and the network may be slow.
patient='-o Acquire::Retries=5 -o DPkg::Lock::Timeout=300'
# shellcheck disable=SC2086 # lists of words
if ! output=$({ apt-get $patient update && apt-get $patient $install; } 2>&1); then
  printf '%s\n' "$output" >&2
  exit 1
fi
