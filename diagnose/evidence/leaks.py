"""What tests left open, by the warnings that the runner collected.

The test under which a leak is reported is rarely the one that leaks: the collector of garbage
runs when it likes. Only where the warning says where the thing was made is anybody named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from diagnose.family import Evidence, Family, Role
from diagnose.model import Event
from diagnose.words import plural

CATEGORIES = ("ResourceWarning", "PytestUnraisableExceptionWarning")
PENDING = re.compile(
    r"Task was destroyed but it is pending|coroutine '[^']{1,200}' was never awaited"
)
UNCLOSED = re.compile(r"unclosed|ResourceWarning|never awaited|destroyed but it is pending|__del__")
FILLED = {
    *("file_descriptors", "unclosed_resources", "memory", "ephemeral_ports", "db_connections"),
    *("http_pool", "processes_threads", "event_loop_conflict", "inotify_watches"),
}
ALLOCATED = re.compile(r"Object allocated at.{0,40}$", re.MULTILINE)
FRAME = re.compile(r'File "([^"\n]{1,1000})", line(?:no)? (\d{1,7})')
LIBRARY = re.compile(r"site-packages|dist-packages|/lib/python\d")


def gather(family: Family) -> Iterator[Evidence]:
    """Count the warnings of things never closed, in runs in which something ran out."""
    if family.cause not in FILLED:
        return
    for number in family.failed_runs:
        run = family.runs[number]
        leaks = [event for event in run.events if event.kind == "warning" and _is_leak(event)]
        if leaks:
            made = next((place for event in leaks if (place := _made(event))), None)
            yield _told(family, leaks, run.label, made)
            return


def _is_leak(event: Event) -> bool:
    if PENDING.search(event.text):
        return True
    return event.details.get("category", "") in CATEGORIES and bool(UNCLOSED.search(event.text))


def _made(event: Event) -> tuple[str, str] | None:
    """Return file and line of the innermost frame of the project that made what was left open."""
    start = ALLOCATED.search(event.text)
    frames = FRAME.findall(event.text, start.end()) if start else []
    own = [(path, line) for path, line in frames if not LIBRARY.search(path)]
    return own[-1] if own else None


def _told(family: Family, leaks: list[Event], label: str, made: tuple[str, str] | None) -> Evidence:
    first = leaks[0]
    many = plural(sum(int(event.details.get("places", 1)) for event in leaks), "warning")
    text = f"{many} in {label} of things that were never closed"
    roles: dict[str, Role] = {}
    if made:
        text += f", made at {made[0]}:{made[1]}"
        roles = _leaker(family, made[0])
    elif first.test:
        text += f"; {first.test} only happened to run when the first was noticed"
    quote = first.text.partition("\n")[0]
    return Evidence("leaks", text, quote=quote, source=first.source, roles=roles)


def _leaker(family: Family, path: str) -> dict[str, Role]:
    """Name the one failed test of the file in which it was made; of several, nobody can tell."""
    keys = {t.result.key for t in family.told if t.result.file and path.endswith(t.result.file)}
    return dict.fromkeys(keys, "culprit") if len(keys) == 1 else {}
