#!/usr/bin/env bash
# Puts the comment on the pull request; one that is refused does not make the job fail.
set -euo pipefail

[ -n "$REPORT" ] || exit 0
words=("$REPORT" --to github --only-on "$ONLY_ON")
[ -z "$KEY" ] || words+=(--key "$KEY")

send() {
  local status=0
  "$PYTHON" -P -m diagnose comment "${words[@]}" "$@" || status=$?
  if [ "$status" = 3 ]; then
    echo "::warning title=diagnose::the comment was refused; the summary of the job has the report"
  elif [ "$status" != 0 ]; then
    exit "$status"
  fi
}

if [ "$MODE" = comment ]; then
  for number in $PULL_REQUESTS; do send --pr "$number"; done
elif [[ $GITHUB_EVENT_NAME == pull_request* ]]; then
  send
else
  echo "This is no pull request: there is nowhere to comment."
fi
