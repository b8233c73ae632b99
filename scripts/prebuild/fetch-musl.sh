#!/bin/sh
# SPDX-License-Identifier: MIT
# Fetches musl for x64 or arm64, to compile for and to run Node on, and prints the folder, which has include/, lib/ and
# `run`, a command that runs scripts. It lies in ${XDG_CACHE_HOME:-~/.cache}/qcom-smem.
#
# musl is Debian 13's. The runtimes come from npm. x64: pnpm for musl is one file with a whole Node in it; with the
# fuse off that says a program is attached, that file is Node. arm64: there is no such Node, but Bun for musl, which
# speaks Node-API too. Both want a C++ library. Debian has it for glibc only: it is loaded on musl together with the few
# functions that musl lacks (libstdcxx.c). The module itself needs no C++ library.
set -eu
cd "$(dirname "$0")/../.."
case ${1-} in
  x64) debian=amd64 cpu=x86_64 package=@pnpm/linuxstatic-x64@11.21.0 program=pnpm emulator= ;;
  arm64)
    debian=arm64 cpu=aarch64 package=@oven/bun-linux-aarch64-musl@1.4.5 program=bin/bun
    emulator=qemu-aarch64-static
    ;;
  *)
    echo 'usage: fetch-musl.sh x64|arm64' >&2
    exit 1
    ;;
esac
cache=${XDG_CACHE_HOME:-$HOME/.cache}/qcom-smem/musl-$1
if [ -e "$cache/run" ]; then
  echo "$cache"
  exit 0
fi
[ -z "$emulator" ] || sh scripts/apt-install.sh qemu-user-static
sh scripts/apt-install.sh "g++$([ "$1" = x64 ] || echo "-$cpu-linux-gnu")"

mkdir -p "$(dirname "$cache")"
work=$(mktemp -d "$cache.XXXXXX")
trap 'rm -rf "$work"' EXIT
echo "downloading musl and $package" >&2
APT_CONFIG=$(sh scripts/debian-archive.sh "$work/apt" "$debian")
export APT_CONFIG
(cd "$work/apt/archives" && apt-get -qq download musl musl-dev libstdc++6 libgcc-s1 2> "$work/log") || {
  cat "$work/log" >&2
  exit 1
}
mkdir -p "$work/root/usr/lib"
ln -s usr/lib "$work/root/lib"
for archive in "$work"/apt/archives/*.deb; do
  dpkg-deb --fsys-tarfile "$archive" | tar -x -C "$work/root"
done
out=$work/out
mkdir -p "$out/libstdcxx"
mv "$work/root/usr/include/$cpu-linux-musl" "$out/include"
mv "$work/root/usr/lib/$cpu-linux-musl" "$out/lib"
# The name that it has everywhere but in Debian, which a binary then asks for.
ln -s libc.so "$out/lib/libc.musl-$cpu.so.1"
cp -L "$work/root/usr/lib/$cpu-linux-gnu"/lib*.so.[0-9] "$out/libstdcxx"
"$cpu-linux-gnu-gcc" -shared -fPIC -O2 -nostdlib -nostdinc -isystem "$out/include" \
  scripts/prebuild/libstdcxx.c -o "$out/libstdcxx/libstdcxx.so"
# libstdc++ asks for glibc's loader by its name.
loader=$(readelf -dW "$out"/libstdcxx/lib*.so.* | sed -n 's/.*\[\(ld-linux.*\)\]/\1/p' | head -n 1)
[ -z "$loader" ] || ln -s libstdcxx.so "$out/libstdcxx/$loader"

npm pack --silent --pack-destination "$work" "$package" > "$work/log"
tar -xzf "$work/$(tail -n 1 "$work/log")" -C "$work"
mv "$work/package/$program" "$out/runtime"
[ "$1" = arm64 ] || sed -i 's/\(NODE_SEA_FUSE_[0-9a-f]*\):1/\1:0/' "$out/runtime"
chmod +x "$out/runtime"
words="$emulator $cache/lib/libc.so --preload $cache/libstdcxx/libstdcxx.so"
echo "$words --library-path $cache/libstdcxx $cache/runtime" | sed 's/^ //' > "$out/run"
rm -rf "$cache"
mv "$out" "$cache"
echo "$cache"
