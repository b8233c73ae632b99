#!/bin/sh
# SPDX-License-Identifier: MIT
# What is at hand on many a board: `busybox devmem ADDRESS`, a process for each word. Runs in a mount namespace of
# its own, whose /dev/mem is the memory of a fake SoC: words lie at their offsets there. Answers as peer.c does.
#
# usage: unshare --mount sh devmem.sh FILE
set -eu
mount -t tmpfs none /dev
ln -s "$1" /dev/mem
: > /dev/null

word() { echo $(($(busybox devmem $(($1)) 32))); }

list() {
  id=0
  while [ $id -lt 512 ]; do
    entry=$((0xd0 + id * 16))
    if [ "$(word $entry)" != 0 ]; then
      offset=$(word $((entry + 4)))
      size=$(word $((entry + 8)))
      region=$(word $((entry + 12)))
      : "$offset" "$region"
      sum=$((sum + size))
    fi
    id=$((id + 1))
  done
}

words() {
  sum=$((sum + $(word 0xc0)))
}

while read -r name count; do
  sum=0
  start=$(date +%s%N)
  i=0
  while [ $i -lt "$count" ]; do
    "$name"
    i=$((i + 1))
  done
  echo "$(($(date +%s%N) - start)) $sum"
done
