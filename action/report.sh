#!/usr/bin/env bash
# Diagnoses, and hands the report to GitHub: summary, annotations, outputs, a folder to keep.
set -euo pipefail

diagnose() { "$PYTHON" -P -m diagnose "$@"; } # -P: nothing is imported from the checkout

# Adds each line of a text to `words`, behind an option or as it is.
add_lines() {
  local line
  while IFS= read -r line; do
    line=${line%$'\r'}
    line=${line#"${line%%[![:space:]]*}"}
    line=${line%"${line##*[![:space:]]}"}
    [ -z "$line" ] || words+=("$@" "$line")
  done
}

if ! [[ $NAME =~ ^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$ ]]; then
  echo "::error title=diagnose::the name may have letters, digits, dots and dashes only"
  exit 2
fi
if [[ $BASELINE == -* ]]; then
  echo "::error title=diagnose::the baseline is a run, and no option"
  exit 2
fi
if [[ $RUNS$KERNEL_LOGS =~ ^[[:space:]]*$ ]]; then
  echo "::error title=diagnose::there is nothing to read: name the runs"
  exit 2
fi
folder="$RUNNER_TEMP/diagnose/reports/$NAME"
work="$RUNNER_TEMP/diagnose/work/$NAME"
report="$folder/report.json"
mkdir -p "$folder" "$work"

words=(--title "$TITLE")
add_lines --kernel <<<"$KERNEL_LOGS"
add_lines --service <<<"$SERVICE_LOGS"
if [ "$KERNEL" = true ]; then
  for log in "$RUNNER_TEMP"/diagnose/kernel/*; do
    [ ! -f "$log" ] || words+=(--kernel "$log")
  done
fi
options=("${words[@]}")
words=(--) # never empty: bash before 4.4 takes an empty list for an unset one
add_lines <<<"$RUNS"
named=("${words[@]}")
outputs=(-o "$work/report.summary.md" -o "$work/report.github.txt")
for form in json html md; do outputs+=(-o "$folder/report.$form"); done

# With a baseline, the gate is a diagnosis of its own: what failed another day fails no job today.
baseline=${BASELINE#*=}
baseline=${baseline%%,*}
examine() {
  if [ -n "$BASELINE" ] && [ -e "${baseline%@*}" ]; then
    diagnose analyze --fail-on never "${outputs[@]}" "${options[@]}" "$BASELINE" "${named[@]}" &&
      diagnose analyze --fail-on "$FAIL_ON" --quiet "${options[@]}" "${named[@]}"
  else
    diagnose analyze --fail-on "$FAIL_ON" "${outputs[@]}" "${options[@]}" "${named[@]}"
  fi
}

# Tests name themselves, and a line that begins with two colons is a command to the runner:
# until the token comes, which no test can know, it takes nothing for one.
token=$("$PYTHON" -P -c 'import secrets; print(secrets.token_hex(16))')
echo "::stop-commands::$token"
status=0
examine || status=$?
[ "$status" -gt 1 ] || diagnose rerun "$report" >"$folder/rerun.txt" || status=$?
echo "::$token::"
[ "$status" -le 1 ] || exit "$status"

[ "$ANNOTATIONS" != true ] || cat "$work/report.github.txt"
[ "$SUMMARY" != true ] || cat "$work/report.summary.md" >>"$GITHUB_STEP_SUMMARY"
{
  "$PYTHON" -P - "$report" <<'END'
import json, sys

with open(sys.argv[1], encoding="utf-8") as file:
    summary = json.load(file)["summary"]
for name in ("verdict", "cause"):
    print(f"{name}={''.join(filter(str.isprintable, summary[name] or 'none'))}")
END
  echo "report-path=$report"
  echo "rerun-file=$folder/rerun.txt"
  echo "folder=$folder"
  [ "$status" = 0 ] || echo "failed=true"
} >>"$GITHUB_OUTPUT"
