"""Notes on merge requests of GitLab."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from diagnose.publishers._address import Address, Asked, Place, first, settled
from diagnose.publishers._forge import Comment, Forge, mapping, numbered, text

LIMIT = 1_000_000
HTML = True
WHERE = {
    "repo": "CI_MERGE_REQUEST_PROJECT_ID, CI_PROJECT_ID",
    "pr": "CI_MERGE_REQUEST_IID",
    "token": "GITLAB_TOKEN",
}
NEEDS = "in a merge request pipeline, with a project access token as GITLAB_TOKEN, or --repo, --pr"
WANTED = "a project access token (scope api, role Reporter) as a masked variable GITLAB_TOKEN"
HINTS = {
    401: f"the token is wrong, has run out, or is the job's, which can't write notes: {WANTED}",
    403: f"the token may not write notes here: {WANTED}",
    404: f"it is not there, or the token can't see it; check --repo and --pr, and {WANTED}",
}


def find(asked: Asked, environ: Mapping[str, str]) -> Address:
    """Find the merge request and the token; of a fork's pipeline, the project merged into."""
    place = Place(
        asked.api or first(environ, "CI_API_V4_URL") or "https://gitlab.com/api/v4",
        asked.repo or first(environ, "CI_MERGE_REQUEST_PROJECT_ID", "CI_PROJECT_ID"),
        asked.pr or environ.get("CI_MERGE_REQUEST_IID", ""),
        first(environ, "GITLAB_TOKEN", "CI_JOB_TOKEN"),
        environ.get("CI_COMMIT_SHA", ""),
        environ.get("CI_JOB_URL", ""),
        job=not first(environ, "GITLAB_TOKEN"),
    )
    return settled(place, WHERE, NEEDS)


def forge(address: Address) -> Forge:
    """Tell how GitLab is talked to; a path of a project is one word of the URL."""
    project = f"{address.api}/projects/{quote(address.repo, safe='')}"
    token = "JOB-TOKEN" if address.job else "PRIVATE-TOKEN"
    notes = f"{project}/merge_requests/{address.number}/notes"
    return Forge(
        listing=f"{notes}?per_page=100",
        comments=notes,
        one=f"{notes}/",
        user=f"{address.api}/user",
        wrap=lambda body: {"body": body},
        read=read,
        called=lambda row: text(row.get("username")),
        headers={"Accept": "application/json", token: address.token},
        edit="PUT",
        hints=HINTS,
    )


def read(row: dict[str, Any]) -> Comment | None:
    """Read a note, unless GitLab itself wrote it."""
    number, author = numbered(row), text(mapping(row.get("author")).get("username"))
    if not number or row.get("system") is True:
        return None
    return Comment(number, text(row.get("body")), author)
