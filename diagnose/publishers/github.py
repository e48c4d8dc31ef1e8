"""Comments on pull requests of GitHub and GitHub Enterprise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from diagnose.publishers._address import Address, Asked, Place, first, settled
from diagnose.publishers._event import event
from diagnose.publishers._forge import Comment, Forge, mapping, numbered, text

LIMIT = 65_536
HTML = True
WHERE = {
    "repo": "GITHUB_REPOSITORY",
    "pr": "GITHUB_EVENT_PATH, GITHUB_REF",
    "token": "GITHUB_TOKEN",
}
ENV = "`env: {GITHUB_TOKEN: '${{ github.token }}'}`"
NEEDS = f"on a pull request's event, with {ENV} on the step; else --repo OWNER/NAME --pr N"
PERMISSIONS = "`permissions: {contents: read, pull-requests: write}`"
HINTS = {
    401: f"the token is wrong or has run out; on the step: {ENV}",
    403: f"the token may not comment on pull requests; add to the job: {PERMISSIONS}",
    404: f"it is not there, or the token can't see it; check --repo and --pr, and {PERMISSIONS}",
    410: "issues and comments are switched off for this repository",
    422: "the pull request may be locked, or the token's owner blocked",
}


def find(asked: Asked, environ: Mapping[str, str]) -> Address:
    """Find the pull request and the token in what Actions sets."""
    told = event(environ)
    repo, run = environ.get("GITHUB_REPOSITORY", ""), environ.get("GITHUB_RUN_ID", "")
    server = environ.get("GITHUB_SERVER_URL", "")
    place = Place(
        asked.api or first(environ, "GITHUB_API_URL") or "https://api.github.com",
        asked.repo or repo,
        asked.pr or told.number,
        first(environ, "GITHUB_TOKEN", "GH_TOKEN"),
        told.commit,
        f"{server}/{repo}/actions/runs/{run}" if server and run.isdecimal() else "",
        told.closed,
        environ.get("GITHUB_STEP_SUMMARY", ""),
    )
    return settled(place, WHERE, NEEDS)


def forge(address: Address) -> Forge:
    """Tell how GitHub is talked to: a pull request's comments are those of its issue."""
    issues = f"{address.api}/repos/{address.path}/issues"
    return Forge(
        listing=f"{issues}/{address.number}/comments?per_page=100",
        comments=f"{issues}/{address.number}/comments",
        one=f"{issues}/comments/",
        user=f"{address.api}/user",
        wrap=lambda body: {"body": body},
        read=read,
        called=lambda row: text(row.get("login")),
        headers={
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {address.token}",
            "X-GitHub-Api-Version": "2022-11-28",
        },
        bots=True,
        hints=HINTS,
    )


def read(row: dict[str, Any]) -> Comment | None:
    """Read a comment; the token of a job belongs to a bot."""
    user = mapping(row.get("user"))
    return (
        Comment(
            numbered(row),
            text(row.get("body")),
            text(user.get("login")),
            user.get("type") == "Bot",
            text(row.get("html_url")),
        )
        if numbered(row)
        else None
    )
