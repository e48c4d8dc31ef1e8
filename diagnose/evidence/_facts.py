"""What the form of a failure's text tells: the exception, whose code raised it, in which phase."""

from __future__ import annotations

import re
import sys
from typing import Literal

from diagnose.clues import Facts
from diagnose.evidence._anatomy import EXCEPTION
from diagnose.evidence._frames import Whose, own_paths, whose
from diagnose.evidence._line import Line
from diagnose.evidence._nothing import gave_up, nothing_came
from diagnose.evidence._status import statuses
from diagnose.model import Failure, Phase, Source, TestResult

_TYPE = re.compile(
    r"(?:Caused by: |Uncaught |Unhandled |Exception in thread \"[^\"]*\" )?"
    r"(?P<type>(?:\w+(?:\.|::))*[A-Za-z_][\w$]*)(?= ?:|$| \[|\()"
)
_LABEL = re.compile(r"Error:(?: *\t| {3,})")  # a column of what Go's assertions print
_SETUP = re.compile(
    r"ERROR at setup of|failed on setup with|@pytest\.fixture|\bin setUp(?:Class)?\b"
    r"|\"before (?:all|each)\" hook|OneTimeSetUp:|SetUp : |BeforeSuite\]|`before\(:\w+\)` hook"
    r"|\b(?:Class |Assembly )?Initialization method \S+ threw exception|\bsetUpClass \("
)
_TEARDOWN = re.compile(r"ERROR at teardown of|failed on teardown with|\bin tearDown(?:Class)?\b")
_COLLECT = re.compile(
    r"ERROR collecting|collection failure|while importing test module|while loading conftest|"
    r"errors? during collection|Test suite failed to run|\[build failed\]|setup failed\b"
)
_CRASH = re.compile(r"worker '?gw\d+'? crashed|crashed while running|node down")
VAGUE = {
    *("ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "ConnectError"),
    *("ReadTimeout", "ConnectTimeout", "TimeoutError", "Timeout", "TimeoutException", "HTTPError"),
    *(
        "HTTPStatusError",
        "RemoteProtocolError",
        "RemoteDisconnected",
        "ReadError",
        "BrokenPipeError",
    ),
    *("ServerDisconnectedError", "ClientConnectorError", "OperationalError", "InterfaceError"),
    *("InternalServerError", "ServiceUnavailable", "CalledProcessError", "SystemExit", "Failed"),
}


_ANSWERED = re.compile(
    r"\b5\d\d (?:Server Error|Internal Server Error|Bad Gateway|Service Unavailable)|\(5\d\d\)"
    r"|\bServer error '5\d\d|\bstatus(?:[_ ]?code)?[ :=]+5\d\d\b|\bInternal Server Error\b"
)
# What ended, or did not begin, is another process: what that one wrote says why.
_ENDED = re.compile(
    r"(?i)\b(?:exited|ended|terminated|died|quit|stopped) (?:unexpectedly|prematurely|too early"
    r"|before it|with (?:an? )?(?:non-?zero |exit )*(?:code|status|-?\d))"
    r"|\bunexpectedly (?:exited|terminated|died|stopped)\b|\bnon-?zero exit (?:code|status)\b"
    r"|\b(?:did not|didn.t|could not|couldn.t|failed to) (?:start|come up|become ready)\b"
)
_REPLY = re.compile(
    r"\b(?:repl(?:y|ies)|resp(?:onses?)?|answers?|results?|res|body|payload|data|r)\b"
    r"(?:\.\w+(?:\(\))?)*(?:\[|\.get\(|\.json\(\))"
)
_EXIT_CODE = re.compile(r"\b(?:return_?code|exit_?(?:code|status)|retcode)\b")
_TAKEN_APART = {"KeyError", "IndexError", "TypeError", "AttributeError", "JSONDecodeError"}


def facts_of(failure: Failure, lines: list[Line], test: TestResult) -> Facts:
    """Gather the facts of one failure."""
    raised = [line for line in lines if line.place in ("raised", "assertion")]
    types = [(_type(line), line) for line in raised]
    named = [(name, line) for name, line in types if name]
    name, line = named[-1] if named else (failure.exception, _foremost(raised))
    where: Whose = whose(failure.text or failure.message, test.file or test.classname)
    actual, want = statuses(lines)
    return Facts(
        exception=name,
        chain=tuple(filter(None, (_type(other) for other in lines if other.place == "chain"))),
        assertion=any(one.place == "assertion" for one in raised),
        expected_status=want,
        actual_status=actual,
        raised_by=where.innermost,
        ours=where.ours,
        own_module=_own_module(failure.text),
        lacking=_lacking(failure.text, line, where),
        called_back=where.called_back,
        of_reply=_of_reply(lines, name, line),
        nothing=nothing_came(line.said.strip() if line else "", actual),
        phase=_phase(failure, test),
        line=line.said.strip() if line else "",
        quote=line.found.strip() if line else "",
        source=_source(failure, line),
    )


def _foremost(raised: list[Line]) -> Line | None:
    """Return the line that ended the test: a panic comes after the assertions that went on."""
    panics = (line for line in raised if line.said.startswith("panic: "))
    return next(panics, raised[0] if raised else None)


def tells_nothing(known: Facts) -> bool:
    """Say whether the exception only echoes what happened elsewhere; then logs may explain it."""
    if known.actual_status >= 400 or known.of_reply:
        return True
    if known.line in ("", "AssertionError"):
        return True
    said = known.line.removeprefix("AssertionError: ")
    if _ANSWERED.search(said) or (_ENDED.search(said) and not said.startswith("assert ")):
        return True
    return known.exception.rpartition(".")[2] in VAGUE or gave_up(said)


def _of_reply(lines: list[Line], exception: str, raised: Line | None) -> bool:
    """Say whether it was a reply that was taken apart, or an exit code that was looked at."""
    number = raised.number if raised else 0
    above = [line for line in lines if line.place == "traceback" and line.number < number]
    source = above[-1].said if above else ""
    if exception.rpartition(".")[2] in _TAKEN_APART:
        return bool(_REPLY.search(source))
    asserted = (line.said for line in lines if line.place == "assertion")
    return any(_EXIT_CODE.search(said) for said in (source, *asserted))


def _type(line: Line) -> str:
    said = line.said.strip()
    if said.startswith("assert "):
        return "AssertionError"
    if _LABEL.match(said):
        return ""
    match = _TYPE.match(said)
    if not match:
        return ""
    name = match["type"]
    known = EXCEPTION.match(name) or re.search(r"(?:Error|Exception|Fault|Failure)$", name)
    return name if known or ("." in name and name.rpartition(".")[2][:1].isupper()) else ""


_MISSING = re.compile(r"No module named '?(?P<top>\w++)(?!\S*\._)")


def _own_module(text: str) -> bool:
    """Say whether the module that is missing has a folder, and one that is no library's."""
    match = _MISSING.search(text)
    return match is not None and _is_own(match["top"], text)


def _is_own(module: str, text: str) -> bool:
    """Say whether a file of the project's own in the traceback is of that module."""
    place = re.compile(rf"(?:^|[/\\]){module}(?:[/\\]|\.py$)")
    return any(place.search(path) for path in own_paths(text))


_LACKS = re.compile(  # not of a part that nobody has imported, nor where others have it
    r"module '(?P<top>\w++)[\w.]*+' has no attribute '"
    r"(?!(?:mock|util|metadata|resources|futures|etree|dom|handlers|config|parse|request|client"
    r"|get(?:e?[ug]id|pgid|pgrp|loadavg)|fork|killpg|setsid|mkfifo|uname|chown|SIG[A-Z]+\d?|AF_UNIX"
    r"|epoll|kqueue|sched_\w+|O_[A-Z]+)')"
)


def _lacking(text: str, raised: Line | None, where: Whose) -> Literal["", "own", "foreign"]:
    """Say whose the module is that lacks a name; with no file of the product, perhaps nobody's."""
    match = _LACKS.search(raised.said) if raised else None
    if not match:
        return ""
    top = match["top"]
    if _is_own(top, text):
        return "own"
    return "foreign" if where.ours == "product" or top in sys.stdlib_module_names else ""


def _phase(failure: Failure, test: TestResult) -> Phase:
    if failure.phase:
        return failure.phase
    text = f"{failure.message}\n{failure.text}"
    for phase, pattern in _PHASES:
        if pattern.search(text):
            return phase
    return "setup" if test.outcome == "error" else "call"


_PHASES: tuple[tuple[Phase, re.Pattern[str]], ...] = (
    ("crash", _CRASH),
    ("collect", _COLLECT),
    ("teardown", _TEARDOWN),
    ("setup", _SETUP),
)


def _source(failure: Failure, line: Line | None) -> Source | None:
    if line is None:
        return None
    first = failure.source.line
    return Source(failure.source.path, first + line.number if first else 0)
