#!/usr/bin/env bash
# Runs the tests, says why some failed, and tries those again that deserve it.
#
#   ci/tests.sh serial     one at a time, into baseline/: what parallel runs are compared with
#   ci/tests.sh parallel   with $WORKERS workers; fails if something may be wrong with the product
#
# $PRINT is the format of what is printed: terminal, or gitlab for sections that fold.
set -euo pipefail

gate=service_fault,unresolved
reports=diagnosis
mkdir -p "$reports" baseline

# run NAME WORDS...: the exit code goes into the log; what it means is said at the end, once.
run() {
  local name=$1
  shift
  pytest -v --junitxml="$name.xml" -o junit_logging=all "$@" 2>&1 | tee "$name.log" ||
    echo "script returned exit code ${PIPESTATUS[0]}" >>"$name.log"
}

# What the kernel says, as far as a job may know: its log, and the counters of its container.
kernel() {
  mkdir -p kernel
  { sudo -n dmesg --time-format iso || dmesg --time-format iso; } >kernel/dmesg.txt 2>/dev/null ||
    rm -f kernel/dmesg.txt
  cp /sys/fs/cgroup/memory.events kernel/ 2>/dev/null || true
}

case "${1:-}" in
  serial)
    run baseline/serial -n 0
    ;;
  parallel)
    run parallel -n "${WORKERS:-8}"
    kernel
    runs=("parallel=parallel.xml,parallel.log")
    for log in kernel/*; do [ ! -s "$log" ] || runs+=(--kernel "$log"); done
    compared=(--fail-on never)
    [ ! -s baseline/serial.xml ] || compared+=(serial=baseline/serial.xml)

    diagnose analyze --quiet "${compared[@]}" "${runs[@]}" -o "$reports/first.json"
    diagnose rerun "$reports/first.json" >"$reports/again.txt"
    if [ -s "$reports/again.txt" ]; then
      run retry -n 0 "@$reports/again.txt"
      runs+=("retry=retry.xml,retry.log")
    fi
    diagnose analyze --format "${PRINT:-terminal}" "${compared[@]}" "${runs[@]}" \
      -o "$reports/report.html" -o "$reports/report.json" -o "$reports/report.md" \
      -o "$reports/report.codequality.json"
    # What failed last night is in the report; it does not make this change fail.
    diagnose analyze --quiet --fail-on "$gate" "${runs[@]}"
    ;;
  *)
    echo "usage: $0 serial|parallel" >&2
    exit 2
    ;;
esac
