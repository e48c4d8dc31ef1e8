"""The requests that failed, and what the service said of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from diagnose.advice._case import Case, short
from diagnose.model import Event

URL = re.compile(
    r"(?:\burl:? ?:? ?|for url:? ')(?:https?://[^/\s'\"]{1,200})?(/[^\s'\"?()<>]{0,200})"
)
WHOLE = re.compile(r"\bhttps?://[^/\s'\"]{1,200}(/[^\s'\"?()<>]{1,200})")
CALL = re.compile(
    r"\.(?:get|post|put|patch|delete|request)\((?:[\w.]{1,40} \+ )?f?[\"'](?:https?://[^/\s\"']{1,100})?"
    r"(/[^\s\"'?]{1,200})"
)
HELP = re.compile(r"developer\.mozilla\.org|docs\.python\.org|sqlalche\.me|errors\.pydantic\.dev")
EXCEPTION = re.compile(r"^(?:\w+\.)*\w*(?:Error|Exception|Fault|Timeout)\b.*", re.MULTILINE)
FRAME = re.compile(r'File "([^"\n]+)", line (\d+), in (\S+)')


def endpoint(case: Case) -> str:
    """Return the path that was asked, as the texts or the service's log name it; else nothing."""
    for pattern in (URL, CALL, WHOLE):
        found = Counter(
            match[1] for match in pattern.finditer(case.text) if not HELP.search(_around(match))
        )
        if found:
            return short(found.most_common(1)[0][0], 80)
    paths = Counter(e.details.get("path", "") for e in case.events("service.5xx"))
    return short(max(paths, key=lambda path: paths[path]), 80) if paths else ""


def _around(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - 60) : match.end()]


def errors(case: Case) -> list[Event]:
    """Return the service's errors that stand beside the failures, those of the endpoint first."""
    path = endpoint(case).partition("{")[0]
    found = list(case.events("service.error"))
    return [event for event in found if path and path in event.text] or found


def said(event: Event) -> str:
    """Return what an entry of the log comes down to, and where it stands."""
    name = event.details.get("exception", "")
    named = [line for line in event.text.splitlines() if name and line.startswith(name)]
    raised = named or EXCEPTION.findall(event.text)
    first = event.text.strip().splitlines()[0] if event.text.strip() else ""
    words = raised[-1] if raised else first
    return f"{event.source.path}:{event.source.line} {short(words, 200)}"


def origins(event: Event) -> Iterator[str]:
    """Yield the places of a service's traceback, innermost first, without libraries."""
    for path, line, function in reversed(FRAME.findall(event.text)):
        if "site-packages" not in path and "/lib/python" not in path:
            yield f"{path}:{line} in {function}"
