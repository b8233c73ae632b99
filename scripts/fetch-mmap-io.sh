#!/bin/sh
# SPDX-License-Identifier: MIT
# Fetches the mmap-io package, one of those that `npm run bench` compares with, into
# ${XDG_CACHE_HOME:-~/.cache}/qcom-smem, and builds it. As it is published it asks for C++11, with which no Node since
# 20 can be built against; that one option is changed.
set -eu
cd "$(dirname "$0")/.."
folder=${XDG_CACHE_HOME:-$HOME/.cache}/qcom-smem/mmap-io
package=$folder/node_modules/mmap-io
if node -e 'require(process.argv[1])' "$package" 2> /dev/null; then exit 0; fi
echo 'downloading and building mmap-io' >&2
nodedir=$(node scripts/node-dir.js)
rm -rf "$folder"
mkdir -p "$folder"
echo '{ "private": true }' > "$folder/package.json"
log=$folder/log
{
  npm install --prefix "$folder" --ignore-scripts --no-save mmap-io@1.1.7
  sed -i 's/-std=c++11/-std=gnu++17/' "$package/binding.gyp"
  npx node-gyp rebuild -C "$package" --nodedir "$nodedir"
} > "$log" 2>&1 || {
  tail -n 20 "$log" >&2
  exit 1
}
