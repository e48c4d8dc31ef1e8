#!/usr/bin/env bash
# Notes the memory counters before the tests: on a runner that lives long, they are never at zero.
set -euo pipefail

folder="$RUNNER_TEMP/diagnose"
mkdir -p "$folder"
bash "${BASH_SOURCE%/*}/counters.sh" >"$folder/before" 2>/dev/null || true
