#!/usr/bin/env bash
# Says which Python has diagnose: the one that was given, or an environment that is made once a job.
set -euo pipefail

home="$RUNNER_TEMP/diagnose/python"
for found in "$PYTHON" "$home/bin/python" "$home/Scripts/python.exe"; do
  if [ -n "$found" ] && "$found" -P -c 'import diagnose' 2>/dev/null; then
    echo "python=$found" >>"$GITHUB_OUTPUT"
    exit 0
  fi
done

[ -n "$PYTHON" ] || PYTHON=$(command -v python3 || command -v python || echo python3)
if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "::error title=diagnose::$PYTHON is not Python 3.11 or newer: use actions/setup-python first"
  exit 2
fi
"$PYTHON" -P -m venv --clear "$home"
for found in "$home/bin/python" "$home/Scripts/python.exe"; do
  if [ -x "$found" ]; then
    "$found" -P -m pip install --quiet --disable-pip-version-check "$GITHUB_ACTION_PATH"
    echo "python=$found" >>"$GITHUB_OUTPUT"
  fi
done
