"""What was left open: the runner reports it, wherever the collector happens to find it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from diagnose.diagnosis import Diagnosis, EarlyWarning
from diagnose.model import Event
from diagnose.words import plural, some

RANK = 2
LEFT = {
    "unclosed": "something left open",
    "task": "asyncio tasks that were pending when their loop went",
    "unraisable": "exceptions that nobody could catch",
}
UNCLOSED = re.compile(
    r"\bunclosed <?(?:[\w.]{1,40}[ .]){0,3}(?:file|socket|transport|event loop|connection"
    r"|client|session|database|resource|pool|server)\b|subprocess \d+ is still running"
    r"|leaked \w+ objects|implicitly cleaning up",
    re.IGNORECASE,
)
NAMED = re.compile(r"\bname='([^'\n]{1,400})'")
PENDING = re.compile(r"Task was destroyed but it is pending")
UNRAISABLE = ("PytestUnraisableExceptionWarning", "PytestUnhandledThreadExceptionWarning")


def look(diagnosis: Diagnosis) -> Iterator[EarlyWarning]:
    """Find leaks in the warnings of the runs: one line a kind."""
    found: dict[str, list[Event]] = {}
    labels: dict[str, list[str]] = {}
    for run in diagnosis.runs:
        for event in run.events:
            if event.kind == "warning" and (kind := _kind(event)):
                found.setdefault(kind, []).append(event)
                labels.setdefault(kind, []).append(run.label)
    for kind in LEFT:
        if kind in found:
            yield _told(kind, found[kind], list(dict.fromkeys(labels[kind])))


def _kind(event: Event) -> str:
    """Say what was leaked; that something is deprecated leaks nothing."""
    if PENDING.search(event.text):
        return "task"
    category = event.details.get("category", "").rpartition(".")[2]
    if "ResourceWarning: " in event.text or UNCLOSED.search(event.text):
        return "unclosed"
    return "unraisable" if category in UNRAISABLE else ""


def _told(kind: str, events: list[Event], labels: list[str]) -> EarlyWarning:
    tests = tuple(dict.fromkeys(event.test for event in events if event.test))
    text = f"{some(labels)}: {plural(len(events), 'warning')} of {LEFT[kind]}"
    if what := next((m for event in events if (m := UNCLOSED.search(event.text))), None):
        named = NAMED.search(what.string, what.end())
        text += f" ({what[0]}{' ' + PurePath(named[1]).name if named else ''})"
    if tests:
        text += f", reported during {tests[0]}, which is rarely the test that left it"
    quote = events[0].text.partition("\n")[0]
    return EarlyWarning("leak", text, quote, events[0].source, tests)
