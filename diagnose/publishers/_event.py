"""What the runner of Actions tells of the event that started it: GitHub's, Gitea's, Forgejo's."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diagnose.publishers._forge import mapping, text

LARGEST = 32 << 20
REF = re.compile(r"refs/pull/([1-9][0-9]{0,8})/(?:merge|head)")
DEPENDABOT = "dependabot[bot]"


@dataclass(frozen=True, slots=True)
class Event:
    """The pull request that an event is about; `closed` says why its token may not write."""

    number: str = ""
    commit: str = ""
    closed: str = ""


def event(environ: Mapping[str, str]) -> Event:
    """Read the event; what is not there, or not as it should be, is left empty."""
    told = _payload(environ.get("GITHUB_EVENT_PATH", ""))
    pull = mapping(told.get("pull_request"))
    started = mapping(told.get("workflow_run"))
    ref = REF.fullmatch(environ.get("GITHUB_REF", ""))
    number = text(pull.get("number")) or _of_issue(told) or _of_run(started)
    return Event(
        number or (ref[1] if ref else ""),
        text(mapping(pull.get("head")).get("sha"))
        or text(started.get("head_sha"))
        or environ.get("GITHUB_SHA", ""),
        _closed(environ, pull),
    )


def _payload(path: str) -> dict[str, Any]:
    try:
        if not path or Path(path).stat().st_size > LARGEST:
            return {}
        return mapping(json.loads(Path(path).read_text("utf-8")))
    except (OSError, ValueError, RecursionError):
        return {}


def _of_issue(told: Mapping[str, Any]) -> str:
    issue = mapping(told.get("issue"))
    return text(issue.get("number")) if issue.get("pull_request") else ""


def _of_run(started: Mapping[str, Any]) -> str:
    """Return the one pull request of a workflow that has ended; of a fork's, none is told."""
    pulls = started.get("pull_requests")
    return text(mapping(pulls[0]).get("number")) if isinstance(pulls, list) and pulls[:1] else ""


def _closed(environ: Mapping[str, str], pull: Mapping[str, Any]) -> str:
    if not pull or environ.get("GITHUB_EVENT_NAME") != "pull_request":
        return ""
    if environ.get("GITHUB_ACTOR") == DEPENDABOT:
        return "Dependabot's pull requests get a token that can only read"
    head, base = mapping(pull.get("head")), mapping(pull.get("base"))
    names = [text(mapping(side.get("repo")).get("full_name")) for side in (head, base)]
    if names[1] and names[0] != names[1]:
        return "the pull request comes from a fork, whose token can only read"
    return ""
