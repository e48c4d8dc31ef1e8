"""Where a comment goes, and in whose name: asked for, or found in what the CI system sets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from diagnose.errors import InputError
from diagnose.words import some

TOKEN = re.compile(r"[\x21-\x7e]{1,4096}")
NUMBER = re.compile(r"[1-9][0-9]{0,8}")
COMMIT = re.compile(r"[0-9a-f]{7,64}")
WORDS = {
    "api": "address of the API",
    "repo": "repository",
    "pr": "pull request",
    "token": "token",
}
RUN = re.compile(r"https?://[\w.:/@%~-]{1,500}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user said instead of leaving it to the environment."""

    repo: str = ""
    pr: str = ""
    api: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A pull request, how its forge is reached, and the token that opens it.

    `commit` and `run` tell what is reported on; `closed` says why the token can't be expected to
    write, and `summary` is a file that can be written to instead. `job`: the token is the job's
    own, not one that somebody gave it.
    """

    api: str
    repo: str
    number: int
    token: str = field(repr=False)
    commit: str = ""
    run: str = ""
    closed: str = ""
    summary: str = ""
    job: bool = False

    @property
    def path(self) -> str:
        """Return owner and name as a part of a URL."""
        return "/".join(quote(part, safe="") for part in self.repo.split("/"))

    @property
    def name(self) -> str:
        """Name the pull request for people."""
        return f"{urlsplit(self.api).hostname} {self.repo} #{self.number}"


@dataclass(frozen=True, slots=True)
class Place:
    """What was found of an address, as texts that nobody has checked."""

    api: str
    repo: str
    pr: str
    token: str = field(repr=False)
    commit: str = ""
    run: str = ""
    closed: str = ""
    summary: str = ""
    job: bool = False


def first(environ: Mapping[str, str], *names: str) -> str:
    """Return the first of these variables that is set to anything."""
    return next((value for name in names if (value := environ.get(name, "").strip())), "")


def settled(place: Place, names: Mapping[str, str], hint: str) -> Address:
    """Check what was found; `names` says where each part would have been, if it is missing."""
    missing = [
        f"{WORDS[part]} ({where})" for part, where in names.items() if not getattr(place, part)
    ]
    if missing:
        raise InputError(f"comment: no {some(missing, 4)}", hint=hint)
    if not TOKEN.fullmatch(place.token):
        raise InputError(
            "comment: the token holds characters that no token has",
            hint="set it again, without quotes, blanks and line ends",
        )
    if not NUMBER.fullmatch(place.pr):
        raise InputError(f"comment: {place.pr!r} is no number of a pull request", hint="--pr 7")
    return Address(
        _api(place.api),
        _repo(place.repo),
        int(place.pr),
        place.token,
        place.commit[:8] if COMMIT.fullmatch(place.commit) else "",
        place.run if RUN.fullmatch(place.run) else "",
        place.closed,
        place.summary,
        place.job,
    )


def _repo(repo: str) -> str:
    """Check owner/name, or the number of a project."""
    parts = repo.split("/")
    good = all(part.strip(".") and part.isprintable() and len(part) <= 200 for part in parts)
    if not good or len(parts) > 20 or re.search(r"[\s?#%\\]", repo):
        raise InputError(f"comment: {repo!r} is no name of a repository", hint="--repo owner/name")
    return repo


def _api(api: str) -> str:
    try:
        parts = urlsplit(api.strip())
        good = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1)
    except ValueError:
        good = False
    # What is not shown may hold a password.
    if not good or parts.username is not None or parts.query or parts.fragment:
        raise InputError(
            "comment: the address of the API is no plain http(s) URL",
            hint="--api https://git.example.org/api/v3, without user, password and query",
        )
    return api.strip().rstrip("/")
