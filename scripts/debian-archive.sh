#!/bin/sh
# SPDX-License-Identifier: MIT
# Opens the archive of Debian 13 for download: `debian-archive.sh FOLDER ARCH...` gives apt a state of its own in
# FOLDER, fetches the package lists for these architectures, and prints the file to name in APT_CONFIG. Downloads go
# to FOLDER/archives. No root is needed, and the packages of this machine are untouched.
#
# Debian 13, because its QEMU raises the alignment faults of Device memory and keeps 64-bit mmap offsets, and its
# kernel has the Qualcomm drivers.
set -eu

folder=$1
shift
suite=trixie
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

fail() {
  echo "$1: this needs a Debian machine, or DEBIAN_MIRROR and the package debian-archive-keyring" >&2
  exit 1
}

command -v apt-get > /dev/null || fail 'there is no apt-get'
command -v dpkg-deb > /dev/null || fail 'there is no dpkg-deb'
[ -e "$keyring" ] || fail "there is no $keyring"

# The mirror that this machine already uses; before its first update apt knows no origins.
mirrors() {
  apt-get indextargets --no-release-info --format '$(REPO_URI)' 'Created-By: Packages' "$@" | grep -v security
}
mirror=${DEBIAN_MIRROR:-$(mirrors 'Origin: Debian' | head -n 1)}
[ -n "$mirror" ] || mirror=$(mirrors | grep debian | head -n 1)
[ -n "$mirror" ] || fail 'apt knows no mirror'

mkdir -p "$folder/lists/partial" "$folder/archives/partial" "$folder/preferences.d"
: > "$folder/status"
printf 'deb [arch=%s signed-by=%s] %s %s main\n' \
  "$(echo "$*" | tr ' ' ',')" "$keyring" "$mirror" "$suite" > "$folder/sources.list"
{
  cat << CONF
Dir::Etc::sourcelist "$folder/sources.list";
Dir::Etc::sourceparts "-";
Dir::Etc::preferences "-";
Dir::Etc::preferencesparts "$folder/preferences.d";
Dir::State "$folder";
Dir::State::lists "$folder/lists";
Dir::State::status "$folder/status";
Dir::Cache "$folder";
Dir::Cache::archives "$folder/archives";
APT::Architecture "$1";
APT::Architectures { $(printf '"%s"; ' "$@")};
APT::Install-Recommends "false";
Acquire::Languages "none";
CONF
  # apt drops to a user that may not enter this folder.
  [ "$(id -u)" != 0 ] || echo 'APT::Sandbox::User "root";'
} > "$folder/apt.conf"
APT_CONFIG=$folder/apt.conf apt-get -qq update >&2
echo "$folder/apt.conf"
