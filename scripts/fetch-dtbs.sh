#!/bin/bash
# SPDX-License-Identifier: MIT
# Fetches the Qualcomm device trees that Debian's arm64 kernel package ships into
# ${XDG_CACHE_HOME:-~/.cache}/qcom-smem/dtbs, and prints that folder. apt works with a state of its own, so
# no root is needed and the host's packages are untouched; the package itself is deleted after extraction.
set -euo pipefail
suite=${DTB_SUITE:-trixie}
package=${DTB_PACKAGE:-'^linux-image-6\.12\.[0-9]+\+deb13-arm64$'}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/qcom-smem/dtbs
[ -e "$cache/.complete" ] && { echo "$cache"; exit 0; }

for program in apt-get dpkg-deb; do
  command -v "$program" > /dev/null || { echo "$program is missing: this needs a Debian machine" >&2; exit 1; }
done
mkdir -p "$(dirname "$cache")"
work=$(mktemp -d "$(dirname "$cache")/dtbs.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{lists/partial,archives/partial,preferences.d,tree}
: > "$work/status"
# The Debian mirror that this machine already uses; before the first update no origin is known.
mirrors() { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "$@" | sed '/security/d'; }
mirror=$(mirrors 'Origin: Debian' | sed -n 1p)
[ -n "$mirror" ] || mirror=$(mirrors | sed -n 1p)
[ -n "$mirror" ] || { echo 'apt knows no mirror: run apt-get update' >&2; exit 1; }
printf 'deb [arch=arm64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' \
  "$mirror" "$suite" > "$work/sources.list"
cat > "$work/apt.conf" << CONF
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "-";
Dir::Etc::preferencesparts "$work/preferences.d";
Dir::State "$work";
Dir::State::lists "$work/lists";
Dir::State::status "$work/status";
Dir::Cache "$work";
Dir::Cache::archives "$work/archives";
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
Acquire::Languages "none";
CONF
# apt drops to a user that may not enter this folder.
[ "$(id -u)" != 0 ] || echo 'APT::Sandbox::User "root";' >> "$work/apt.conf"
export APT_CONFIG=$work/apt.conf
apt-get -qq update
name=$(apt-cache pkgnames linux-image- | grep -E "$package" | sort -V | tail -1)
[ -n "$name" ] || { echo "no package $package in $suite" >&2; exit 1; }
echo "downloading $name" >&2
(cd "$work" && apt-get -qq download "$name")
dpkg-deb --fsys-tarfile "$work"/*.deb | tar -x -C "$work/tree" --wildcards './usr/lib/linux-image-*/qcom/*.dtb'
rm "$work"/*.deb
mkdir "$work/out"
find "$work/tree" -name '*.dtb' -exec mv -t "$work/out" {} +
echo "$name" > "$work/out/.complete"
rm -rf "$cache"
mv "$work/out" "$cache"
echo "$cache"
