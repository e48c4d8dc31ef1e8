#!/usr/bin/env bash
# Keeps the kernel log, and what the memory counters have counted since `mode: start`.
set -euo pipefail

[ "$(uname -s)" = Linux ] || exit 0
folder="$RUNNER_TEMP/diagnose"
mkdir -p "$folder/kernel"

# The first that prints anything: with and without rights, with a clock that all understand or not.
for words in "sudo -n dmesg --time-format iso" "dmesg --time-format iso" "sudo -n dmesg" "dmesg"; do
  # shellcheck disable=SC2086 # the words of a command
  if $words >"$folder/kernel/dmesg.txt" 2>/dev/null && [ -s "$folder/kernel/dmesg.txt" ]; then
    break
  fi
  rm -f "$folder/kernel/dmesg.txt"
done
[ -f "$folder/kernel/dmesg.txt" ] || echo "The kernel log can't be read here."

bash "${BASH_SOURCE%/*}/counters.sh" >"$folder/after" 2>/dev/null || true
if [ -s "$folder/before" ] && [ -s "$folder/after" ]; then
  awk 'NR == FNR { before[$1] = $2; next } { print $1, $2 - before[$1] }' \
    "$folder/before" "$folder/after" >"$folder/kernel/memory.events"
elif [ -s "$folder/after" ] && [ "${RUNNER_ENVIRONMENT:-}" = github-hosted ]; then
  cp "$folder/after" "$folder/kernel/memory.events" # this machine was made for this job
elif [ -s "$folder/after" ]; then
  echo "Without a step with 'mode: start', nobody knows what the memory counters counted before."
fi
