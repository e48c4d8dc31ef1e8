"""Comments on pull requests of Gitea and Forgejo, whose interface is much like GitHub's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from diagnose.publishers._address import Address, Asked, Place, first, settled
from diagnose.publishers._event import event
from diagnose.publishers._forge import Comment, Forge, mapping, numbered, text

LIMIT = 65_536
HTML = True
TOKENS = ("GITEA_TOKEN", "FORGEJO_TOKEN", "GITHUB_TOKEN")
MACHINES = ("gitea-actions", "forgejo-actions")
WHERE = {
    "api": "GITHUB_SERVER_URL",
    "repo": "GITHUB_REPOSITORY",
    "pr": "GITHUB_EVENT_PATH, GITHUB_REF",
    "token": " or ".join(TOKENS),
}
NEEDS = "--api https://git.example.org/api/v1 --repo OWNER/NAME --pr N, and GITEA_TOKEN"
SCOPES = "the scopes write:issue and read:user"
HINTS = {
    401: f"the token is wrong or has run out: GITEA_TOKEN wants one with {SCOPES}",
    403: f"the token may not comment here: GITEA_TOKEN wants one with {SCOPES}",
    404: "it is not there, or the token can't see it; check --api, --repo and --pr",
}


def find(asked: Asked, environ: Mapping[str, str]) -> Address:
    """Find the pull request and the token in what the runner sets."""
    told = event(environ)
    repo, run = environ.get("GITHUB_REPOSITORY", ""), environ.get("GITHUB_RUN_NUMBER", "")
    server = environ.get("GITHUB_SERVER_URL", "").rstrip("/")
    place = Place(
        asked.api or first(environ, "GITHUB_API_URL") or (f"{server}/api/v1" if server else ""),
        asked.repo or repo,
        asked.pr or told.number,
        first(environ, *TOKENS),
        told.commit,
        f"{server}/{repo}/actions/runs/{run}" if server and run.isdecimal() else "",
        told.closed,
        environ.get("GITHUB_STEP_SUMMARY", ""),
    )
    return settled(place, WHERE, NEEDS)


def forge(address: Address) -> Forge:
    """Tell how Gitea is talked to: a pull request's comments are those of its issue."""
    issues = f"{address.api}/repos/{address.path}/issues"
    return Forge(
        listing=f"{issues}/{address.number}/comments",
        comments=f"{issues}/{address.number}/comments",
        one=f"{issues}/comments/",
        user=f"{address.api}/user",
        wrap=lambda body: {"body": body},
        read=read,
        called=lambda row: text(row.get("login")),
        headers={"Accept": "application/json", "Authorization": f"token {address.token}"},
        hints=HINTS,
    )


def read(row: dict[str, Any]) -> Comment | None:
    """Read a comment."""
    number, author = numbered(row), text(mapping(row.get("user")).get("login"))
    if not number:
        return None
    body, url = text(row.get("body")), text(row.get("html_url"))
    return Comment(number, body, author, author in MACHINES, url)
