"""Whose code a traceback ends in: the test's, a fixture's, a library's or the product's."""

from __future__ import annotations

import re
from typing import NamedTuple

from diagnose import frames

_PATHS = re.compile(
    r"""^\s*(?:E\s+)?File\s"(?P<python>[^"]+)",\sline\s\d+
      | ^\s*(?P<short>[\w./\\@+<>-]+\.\w{1,6}):\d+:(?:\d+)?\s?(?:in\s|[A-Z]\w+|$|\s)
      | \bat\s(?P<jvm>[\w$.<>/@-]{1,300}\([\w$]+\.(?:java|kt|scala|groovy)):\d+\)
      | \((?P<java>[\w$]+\.(?:java|kt|scala|groovy)):\d+\)
      | (?<![\w./@-])(?P<script>(?:file://|webpack:/+)?[\w./@-]+\.[cm]?[jt]sx?):\d+:\d+
      | ^(?:\s+|(?=/))(?P<go>\S+\.go):\d+
      | \bat\s(?P<rust>[\w./-]+\.rs):\d+|panicked\sat\s(?:'.*',\s)?(?P<panic>[\w./-]+\.rs):\d+
      | \sin\s(?P<dotnet>\S+\.cs):line\s\d+
      | ^\s*\#\s(?P<ruby>[\w./-]+\.rb):\d+
      | ^(?P<php>/[\w./-]+\.php):\d+$""",
    re.VERBOSE,
)
_LIBRARY = re.compile(
    r"site-packages|dist-packages|/lib(?:64)?/python\d|python\d\.\d+/|^<|\.cargo/|/rustc/|node_modules|node:"
    r"|(?:^|[/\\])(?:xunit\.(?:assert|core)|nunit\.framework|NUnitFramework|FluentAssertions|Shouldly|Moq)[/\\]"
    r"|/usr/local/go/|go/pkg/mod|/rubygems/|/gems/|vendor/|_pytest/|pluggy/|^/_/"
    r"|^(?:Assert(?:ions?|ionUtils|ionFailureBuilder|True|False|(?:Not)?Equals|(?:Not)?Null)?|MatcherAssert)\.java$"
)
_RUNTIME = re.compile(r"/usr/local/go/src/|/go/src/(?:runtime|testing|sync)/|/rustc/|^node:")
_LANGUAGE = re.compile(r"(?:java|javax|jdk|sun|com\.sun|kotlinx?|scala|groovy)\.")
_JVM = re.compile(  # what tests are written with, and what programs stand on
    r"(?:org\.(?:codehaus\.groovy|junit|testng|opentest4j|assertj|hamcrest|mockito|easymock|gradle"
    r"|spockframework|scalatest|springframework|hibernate|apache\.(?:maven|http|tomcat|kafka)"
    r"|testcontainers|postgresql|skyscreamer|awaitility|powermock|jmock|dbunit|openqa|eclipse\.jetty|apache\.commons|slf4j|jooq|mybatis)|junit"
    r"|net\.bytebuddy|io\.(?:mockk|kotest|restassured|netty|micronaut|quarkus|grpc|cucumber|reactivex|lettuce)"
    r"|reactor|com\.(?:fasterxml|zaxxer|mysql|google\.(?:common|inject|gson|protobuf)|github\.tomakehurst|mongodb)"
    r"|okhttp3|retrofit2|redis\.clients)\."
)
_METHOD = re.compile(r"(?P<of>(?:[\w$<>-]+\.)*?)[\w$<>-]+\.[\w$<>-]+\((?P<file>[\w$.]+)")
_TEST_CLASS = re.compile(r"\([\w$]+(?:Tests?|IT|Spec)\.\w+$")
_RUNS_TESTS = re.compile(r"(?:^|[/\\])(?:manage|run_?tests?|setup|noxfile|tasks|__main__)\.py$")
_FIXTURE = re.compile(r"conftest\.py$|(?:^|[/_]|test)fixtures?(?:/|\.py$)")
_TEST = re.compile(
    r"(?:^|[/\\])tests?[/\\]|(?:^|[/\\])test_[^/\\]*\.py$|_(?:unit)?tests?\.(?:py|go|rb|exs?|cc|cpp|rs)$"
    r"|(?:Tests?|TestCase|ITCase|[a-z]IT)\.(?:java|kt|scala|groovy|cs|php|swift)$"
    r"|(?:^|[/\\])Test[A-Z][^/\\]*\.java$"
    r"|\.(?:test|spec)\.[cm]?[jt]sx?$|__tests__|(?:^|[/\\])specs?[/\\]"
    r"|(?:^|[/\\])test[^/\\]*\.(?:py|rs|groovy)$|Spec\.(?:scala|groovy|kt)$"
)


MOST = 20_000  # lines of a text that are looked at


class Whose(NamedTuple):
    """Whose the innermost frame is, and whose the innermost one that is no library's.

    `called_back`: the innermost frame is a piece of the test that the product had called.
    """

    innermost: str = ""
    ours: str = ""
    called_back: bool = False


def whose(text: str, test_file: str) -> Whose:
    """Read the frames of a text, of whichever language, and judge the last of them."""
    python = frames.read(text).frames
    if python:
        owners = [
            "library" if one.owner == "python" or _RUNS_TESTS.search(one.path) else str(one.owner)
            for one in python
        ]
    else:
        owners = [_owner(path, test_file) for path in _paths(text)]
        if not _REVERSED.search(text):
            owners.reverse()
    mine = [owner for owner in owners if owner != "library"]
    called_back = owners[:1] == ["test"] and "product" in mine
    return Whose(owners[0], mine[0] if mine else "", called_back) if owners else Whose()


def own_paths(text: str) -> list[str]:
    """List the files of a traceback that are no library's."""
    return [path for path in _paths(text) if _owner(path, "") != "library"]


_REVERSED = re.compile(  # innermost frame first
    r"^[^\S\n]+at |^goroutine |panicked at|^[^\S\n]*(?:# |from )?\S+\.rb:\d+:in |^/\S+\.php:\d+$",
    re.MULTILINE,
)


def _paths(text: str) -> list[str]:
    found = (
        next(filter(None, match.groups()))
        for line in text.split("\n", MOST)[:MOST]
        if ":" in line or 'File "' in line
        for match in _PATHS.finditer(line[:2000])
    )
    return [path for path in map(_of_class, found) if path and not _RUNTIME.search(path)]


def _of_class(path: str) -> str:
    """Turn a method of Java's into the path of its class; the language's own classes have none."""
    if "(" not in path:
        return path
    method = path.rpartition("/")[2]
    if _LANGUAGE.match(method):
        return ""
    match = _METHOD.fullmatch(method)
    library = _JVM.match(method) and not _TEST_CLASS.search(path)
    if library or not match:
        return f"vendor/{method}"
    return match["of"].replace(".", "/") + match["file"]


def _owner(path: str, test_file: str) -> str:
    path = path.replace("\\", "/")
    if _LIBRARY.search(path):
        return "library"
    if _FIXTURE.search(path):
        return "fixture"
    if _TEST.search(path) or (test_file and test_file.endswith(path)):
        return "test"
    return "product"
