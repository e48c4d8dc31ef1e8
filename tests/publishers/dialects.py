"""How each forge words what it says: paths, rows, pages, and that a text is too long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Reply = tuple[int, dict[str, str], Any]
LINKS = '<{url}>; rel="next", <{url}>; rel="last"'


@dataclass
class Row:
    """A comment as the forge keeps it."""

    id: int
    body: str
    author: str
    machine: bool
    deleted: bool = False


@dataclass
class Dialect:
    """What is different from forge to forge."""

    listing: str
    one: str
    row: Callable[[Row], dict[str, Any]]
    environ: Callable[[str], dict[str, str]]
    paged: Callable[[list[dict[str, Any]], int, str], Reply]
    user: Callable[[str], dict[str, Any]] = lambda name: {"login": name}
    text: Callable[[Any], str] = lambda body: str(body["body"])
    edit: str = "PATCH"
    html: bool = True
    keeps_deleted: bool = False
    too_long: Reply = field(default_factory=lambda: TOO_LONG)


TOO_LONG: Reply = (
    422,
    {},
    {
        "message": "Validation Failed",
        "errors": [
            {
                "resource": "IssueComment",
                "code": "unprocessable",
                "field": "data",
                "message": "Body is too long (maximum is 65536 characters)",
            }
        ],
    },
)


def by_link(rows: list[dict[str, Any]], following: int, url: str) -> Reply:
    """Name the next page in a Link header."""
    return 200, ({"Link": LINKS.format(url=url)} if following else {}), rows


def by_number(rows: list[dict[str, Any]], following: int, url: str) -> Reply:
    """Number the next page in a header, as GitLab does beside its links."""
    del url
    return 200, {"X-Next-Page": str(following or "")}, rows


def within(rows: list[dict[str, Any]], following: int, url: str) -> Reply:
    """Name the next page in the answer."""
    return 200, {}, {"values": rows, "pagelen": 100} | ({"next": url} if following else {})


def github_row(row: Row) -> dict[str, Any]:
    """Write a comment as GitHub does."""
    kind = "Bot" if row.machine else "User"
    url = f"https://git.example.org/octo/app/pull/7#issuecomment-{row.id}"
    user = {"login": row.author, "type": kind}
    return {"id": row.id, "body": row.body, "user": user, "html_url": url}


def gitea_row(row: Row) -> dict[str, Any]:
    """Write a comment as Gitea does."""
    return {"id": row.id, "body": row.body, "user": {"login": row.author}}


def gitlab_row(row: Row) -> dict[str, Any]:
    """Write a note as GitLab does."""
    author = {"username": row.author}
    return {"id": row.id, "body": row.body, "author": author, "system": False}


def bitbucket_row(row: Row) -> dict[str, Any]:
    """Write a comment as Bitbucket does: what is deleted stays, without its text."""
    return {
        "type": "pullrequest_comment",
        "id": row.id,
        "content": {"raw": "" if row.deleted else row.body, "markup": "markdown"},
        "user": {"type": "app_user" if row.machine else "user", "uuid": row.author},
        "deleted": row.deleted,
    }


def actions(url: str) -> dict[str, str]:
    """Return what a runner of Actions sets."""
    return {
        "GITHUB_API_URL": url,
        "GITHUB_SERVER_URL": "https://git.example.org",
        "GITHUB_REPOSITORY": "octo/app",
        "GITHUB_REF": "refs/pull/7/merge",
        "GITHUB_RUN_ID": "99",
        "GITHUB_SHA": "0123456789abcdef0123456789abcdef01234567",
    }


DIALECTS = {
    "github": Dialect(
        r"/repos/octo/app/issues/7/comments",
        r"/repos/octo/app/issues/comments/(\d+)",
        github_row,
        lambda url: actions(url) | {"GITHUB_TOKEN": "fake-token-of-nobody"},
        by_link,
    ),
    "gitea": Dialect(
        r"/repos/octo/app/issues/7/comments",
        r"/repos/octo/app/issues/comments/(\d+)",
        gitea_row,
        lambda url: actions(url) | {"GITEA_TOKEN": "fake-token-of-nobody"},
        by_link,
    ),
    "gitlab": Dialect(
        r"/projects/12/merge_requests/7/notes",
        r"/projects/12/merge_requests/7/notes/(\d+)",
        gitlab_row,
        lambda url: {
            "CI_API_V4_URL": url,
            "CI_PROJECT_ID": "34",
            "CI_MERGE_REQUEST_PROJECT_ID": "12",
            "CI_MERGE_REQUEST_IID": "7",
            "GITLAB_TOKEN": "fake-token-of-nobody",
        },
        by_number,
        user=lambda name: {"username": name},
        edit="PUT",
        too_long=(400, {}, {"message": {"note": ["is too long (maximum is 1000000 characters)"]}}),
    ),
    "bitbucket": Dialect(
        r"/repositories/octo/app/pullrequests/7/comments",
        r"/repositories/octo/app/pullrequests/7/comments/(\d+)",
        bitbucket_row,
        lambda url: {
            "BITBUCKET_REPO_FULL_NAME": "octo/app",
            "BITBUCKET_PR_ID": "7",
            "BITBUCKET_TOKEN": "fake-token-of-nobody",
            "URL": url,
        },
        within,
        user=lambda name: {"uuid": name},
        text=lambda body: str(body["content"]["raw"]),
        edit="PUT",
        html=False,
        keeps_deleted=True,
        too_long=(400, {}, {"type": "error", "error": {"message": "content.raw is too long"}}),
    ),
}
