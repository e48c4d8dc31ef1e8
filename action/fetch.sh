#!/usr/bin/env bash
# Fetches what an unprivileged workflow has reported. A stranger may have written it, so it is held
# to a size, read where it is packed, and written anew of values that were checked. What it is a
# report on, GitHub says: the open pull request whose head is the commit that the workflow ran on.
set -euo pipefail

most=$((20 << 20))
repository="$GITHUB_API_URL/repos/$GITHUB_REPOSITORY"
folder="$RUNNER_TEMP/diagnose/fetched"
mkdir -p "$folder"

# The token goes through a pipe: in the words of a command, every process could read it.
get() {
  printf 'Authorization: Bearer %s\n' "$GITHUB_TOKEN" |
    curl --header @- --header 'Accept: application/vnd.github+json' --fail --silent --show-error \
      --location --retry 3 --connect-timeout 20 --max-time 300 "$@"
}

refuse() {
  echo "::error title=diagnose::$1"
  exit 2
}

[[ $RUN_ID =~ ^[0-9]{1,20}$ ]] || refuse "there is no run: use this mode in a workflow_run"
[[ $HEAD_SHA =~ ^[0-9a-f]{40,64}$ ]] || refuse "there is no commit: use this mode in a workflow_run"
[[ $NAME =~ ^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$ ]] || refuse "this is no name of an artifact"

label="$HEAD_OWNER:$HEAD_BRANCH"
[[ $label =~ ^[^:]+:.+$ ]] || refuse "the commit has no branch any more"

pulls=$(get --get "$repository/pulls" --data state=open --data per_page=100 \
  --data-urlencode "head=$label" |
  jq --raw-output --arg sha "$HEAD_SHA" --arg head "$label" \
    '.[] | select(.head.sha == $sha and .head.label == $head) | .number | tonumber')
if [ -z "$pulls" ]; then
  echo "No open pull request has the commit $HEAD_SHA any more: there is nowhere to comment."
  exit 0
fi

found=$(get --get "$repository/actions/runs/$RUN_ID/artifacts" --data per_page=100 \
  --data "name=$NAME" | jq --raw-output --arg name "$NAME" \
  '[.artifacts[] | select(.name == $name and (.expired | not))] | max_by(.id) // empty
   | "\(.id | tonumber) \(.size_in_bytes | tonumber)"')
if [ -z "$found" ]; then
  echo "The run has no artifact of this name: there is nothing to say."
  exit 0
fi
read -r artifact size <<<"$found"
[ "$size" -le "$most" ] || refuse "the artifact is larger than a report: $size bytes"

# One byte more than is allowed ends the transfer, whatever its length was said to be.
get "$repository/actions/artifacts/$artifact/zip" | head -c $((most + 1)) >"$folder/artifact.zip" ||
  refuse "the artifact could not be fetched"
[ "$(wc -c <"$folder/artifact.zip")" -le "$most" ] || refuse "the artifact is larger than it said"

"$PYTHON" -P -m diagnose render "$folder/artifact.zip" -o "$folder/report.json"
{
  echo "report-path=$folder/report.json"
  echo "pull-requests=${pulls//$'\n'/ }"
} >>"$GITHUB_OUTPUT"
