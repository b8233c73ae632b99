#!/bin/sh
# SPDX-License-Identifier: MIT
# The lane that explores models of publication, of the lock and of death: Relacy every order that the memory
# model allows (test/model/order), Spin every interleaving and death (test/model/death). Each part of the
# protocol is removed once, and then the model has to fail. The last line is "N passed, N failed".
. "$(dirname "$0")/lane.sh"
sh scripts/apt-install.sh g++ relacy-dev spin || fail 'the model checkers are missing'
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
g++ -std=c++17 -O2 -Wall -Wextra test/model/order/main.cc -o "$folder/order" ||
  fail 'the models of order do not build'
rows=$(grep -v '^#' test/model/death/rows.txt)

# One line for each run, `ok ...` or `FAIL ...`; what stands between is the checker's own report.
lines=$folder/lines
"$folder/order" > "$folder/log" 2>&1 &
order=$!
printf '%s\n' "$rows" | xargs -P 2 -L 1 sh test/model/death/row.sh | tee "$lines" || true
wait "$order" || true
tee -a "$lines" < "$folder/log"

# A run that said nothing has failed, and what is removed has to be explained.
expected=$(($(printf '%s\n' "$rows" | wc -l) + $("$folder/order" --count)))
seen=$(grep -cE '^(ok  |FAIL) ' "$lines" || true)
{
  if [ "$seen" -eq "$expected" ]; then echo "ok   all $seen models ran"; else echo "FAIL $seen of $expected models ran"; fi
  for part in $(printf '%s\n' "$rows" | cut -d ' ' -f 5-) $("$folder/order" --parts); do
    grep -q "\`$part\`" docs/model.md || echo "FAIL docs/model.md does not explain $part"
  done
} | tee -a "$lines"
passed=$(grep -c '^ok   ' "$lines" || true)
failed=$(grep -c '^FAIL ' "$lines" || true)
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
