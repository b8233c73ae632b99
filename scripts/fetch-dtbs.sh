#!/bin/sh
# SPDX-License-Identifier: MIT
# Fetches the Qualcomm device trees that Debian's arm64 kernel package ships into
# ${XDG_CACHE_HOME:-~/.cache}/qcom-smem/dtbs, and prints that folder. The package itself is deleted after extraction.
set -eu
package='^linux-image-6\.12\.[0-9]+\+deb13-arm64$'
cache=${XDG_CACHE_HOME:-$HOME/.cache}/qcom-smem/dtbs
if [ -e "$cache/.complete" ]; then
  echo "$cache"
  exit 0
fi
archive=$(dirname "$0")/debian-archive.sh
mkdir -p "$(dirname "$cache")"
work=$(mktemp -d "$cache.XXXXXX")
trap 'rm -rf "$work"' EXIT
APT_CONFIG=$(sh "$archive" "$work/apt" arm64)
export APT_CONFIG
name=$(apt-cache pkgnames linux-image- | grep -E "$package" | sort -V | tail -n 1)
[ -n "$name" ] || {
  echo "Debian has no package $package" >&2
  exit 1
}
echo "downloading $name" >&2
(cd "$work" && apt-get -qq download "$name")
mkdir "$work/tree" "$work/out"
dpkg-deb --fsys-tarfile "$work"/*.deb | tar -x -C "$work/tree" --wildcards './usr/lib/linux-image-*/qcom/*.dtb'
find "$work/tree" -name '*.dtb' -exec mv -t "$work/out" {} +
echo "$name" > "$work/out/.complete"
rm -rf "$cache"
mv "$work/out" "$cache"
echo "$cache"
