"""Whose code a traceback ends in: the test's, a fixture's, a library's or the product's."""

from __future__ import annotations

import re
from typing import NamedTuple

from diagnose import frames

_PATHS = re.compile(
    r"""^\s*(?:E\s+)?File\s"(?P<python>[^"]+)",\sline\s\d+
      | ^\s*(?P<short>[\w./\\@+<>-]+\.\w{1,6}):\d+:(?:\d+)?\s?(?:in\s|[A-Z]\w+|$|\s)
      | \((?P<java>[\w$]+\.(?:java|kt|scala|groovy)):\d+\)
      | \(?(?P<script>(?:file://|webpack:/+)?[\w./@-]+\.[cm]?[jt]sx?):\d+:\d+\)?
      | ^\s+(?P<go>\S+\.go):\d+
      | \bat\s(?P<rust>[\w./-]+\.rs):\d+|panicked\sat\s(?:'.*',\s)?(?P<panic>[\w./-]+\.rs):\d+
      | \sin\s(?P<dotnet>\S+\.cs):line\s\d+""",
    re.VERBOSE,
)
_LIBRARY = re.compile(
    r"site-packages|dist-packages|/lib(?:64)?/python\d|python\d\.\d+/|^<|\.cargo/|/rustc/|node_modules|node:"
    r"|/usr/local/go/|go/pkg/mod|/rubygems/|/gems/|vendor/|_pytest/|pluggy/"
    r"|^(?:Assert(?:ions?|ionUtils|ionFailureBuilder|True|False|(?:Not)?Equals|(?:Not)?Null)?|MatcherAssert)\.java$"
)
_FIXTURE = re.compile(r"conftest\.py$|(?:^|[/_])fixtures?(?:/|\.py$)")
_TEST = re.compile(
    r"(?:^|[/\\])tests?[/\\]|(?:^|[/\\])test_[^/\\]*\.py$|_tests?\.(?:py|go|rb|exs?|cc|cpp|rs)$|Tests?\.(?:java|kt|scala|groovy|cs|php)$"
    r"|\.(?:test|spec)\.[cm]?[jt]sx?$|__tests__|(?:^|[/\\])specs?[/\\]|(?:^|[/\\])test[^/\\]*\.(?:py|rs|groovy)$|Spec\.(?:scala|groovy|kt)$"
)


MOST = 20_000  # lines of a text that are looked at


class Whose(NamedTuple):
    """Whose the innermost frame is, and whose the innermost one that is no library's."""

    innermost: str = ""
    ours: str = ""


def whose(text: str, test_file: str) -> Whose:
    """Read the frames of a text, of whichever language, and judge the last of them."""
    python = frames.read(text).frames
    if python:
        owners = ["library" if one.owner == "python" else str(one.owner) for one in python]
    else:
        owners = [_owner(path, test_file) for path in _paths(text)]
        if not _REVERSED.search(text):
            owners.reverse()
    mine = (owner for owner in owners if owner != "library")
    return Whose(owners[0], next(mine, "")) if owners else Whose()


def own_paths(text: str) -> list[str]:
    """List the files of a traceback that are no library's."""
    return [path for path in _paths(text) if _owner(path, "") != "library"]


_REVERSED = re.compile(r"^\s+at |^goroutine |panicked at", re.MULTILINE)  # innermost frame first


def _paths(text: str) -> list[str]:
    return [
        next(filter(None, match.groups()))
        for line in text.split("\n", MOST)[:MOST]
        if ":" in line or 'File "' in line
        for match in _PATHS.finditer(line[:2000])
    ]


def _owner(path: str, test_file: str) -> str:
    path = path.replace("\\", "/")
    if _LIBRARY.search(path):
        return "library"
    if _FIXTURE.search(path):
        return "fixture"
    if _TEST.search(path) or (test_file and test_file.endswith(path)):
        return "test"
    return "product"
