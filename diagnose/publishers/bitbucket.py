"""Comments on pull requests of Bitbucket Cloud, which shows every tag as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from diagnose.publishers._address import Address, Asked, Place, first, settled
from diagnose.publishers._forge import Comment, Forge, mapping, numbered, text

LIMIT = 32_768
HTML = False
WHERE = {
    "repo": "BITBUCKET_REPO_FULL_NAME",
    "pr": "BITBUCKET_PR_ID",
    "token": "BITBUCKET_TOKEN",
}
NEEDS = "in a pull-requests pipeline, with a repository access token as BITBUCKET_TOKEN"
WANTED = "a repository access token (scope pullrequest:write) as a secured variable BITBUCKET_TOKEN"
HINTS = {
    401: f"the token is wrong or has run out: {WANTED}",
    403: f"the token may not comment on pull requests: {WANTED}",
    404: f"it is not there, or the token can't see it; check --repo and --pr, and {WANTED}",
}


def find(asked: Asked, environ: Mapping[str, str]) -> Address:
    """Find the pull request and the token in what Pipelines sets."""
    repo, build = environ.get("BITBUCKET_REPO_FULL_NAME", ""), environ.get("BITBUCKET_BUILD_NUMBER")
    pages = environ.get("BITBUCKET_GIT_HTTP_ORIGIN", "").rstrip("/")
    place = Place(
        asked.api or "https://api.bitbucket.org/2.0",
        asked.repo or repo,
        asked.pr or environ.get("BITBUCKET_PR_ID", ""),
        first(environ, "BITBUCKET_TOKEN"),
        environ.get("BITBUCKET_COMMIT", ""),
        f"{pages}/pipelines/results/{build}" if pages and build else "",
    )
    return settled(place, WHERE, NEEDS)


def forge(address: Address) -> Forge:
    """Tell how Bitbucket is talked to."""
    repository = f"{address.api}/repositories/{address.path}"
    comments = f"{repository}/pullrequests/{address.number}/comments"
    return Forge(
        listing=f"{comments}?pagelen=100",
        comments=comments,
        one=f"{comments}/",
        user=f"{address.api}/user",
        wrap=lambda body: {"type": "pullrequest_comment", "content": {"raw": body}},
        read=read,
        called=lambda row: text(row.get("uuid")),
        headers={"Accept": "application/json", "Authorization": f"Bearer {address.token}"},
        edit="PUT",
        hints=HINTS,
    )


def read(row: dict[str, Any]) -> Comment | None:
    """Read a comment that stands, and is about no line of the code."""
    number = numbered(row)
    if not number or row.get("deleted") is True or row.get("inline"):
        return None
    user = mapping(row.get("user"))
    url = text(mapping(mapping(row.get("links")).get("html")).get("href"))
    body = text(mapping(row.get("content")).get("raw"))
    return Comment(number, body, text(user.get("uuid")), user.get("type") == "app_user", url)
