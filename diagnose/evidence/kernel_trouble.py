"""Trouble of the kernel other than killing for memory, if it explains what the tests said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from diagnose.family import Evidence, Family, Told
from diagnose.model import Event, Run

SLACK = 5.0  # seconds by which clocks of one machine may differ, and tests fail later
REACH = 10.0  # seconds between a segfault and the news that a worker is gone


class _Kind(NamedTuple):
    """A row of the tables, the words of a test that meets such trouble, and the cause, if one."""

    row: str
    words: re.Pattern[str]
    cause: str = ""


_FORK = r"BlockingIOError|Errno 11\b|Resource temporarily unavailable|start new thread|EAGAIN|fork"
_MEMORY = r"MemoryError|Cannot allocate memory|ENOMEM|Errno 12\b|OutOfMemory|bad_alloc"
_NETWORK = r"(?i)timed? ?out|unreachable|refused|Operation not permitted|name resolution|reset"
_DISK = r"Errno (?:5|28|30|117)\b|Read-only file system|Input/output error|No space left|EROFS"
KINDS = {
    "fork_rejected": _Kind("kernel_trouble", re.compile(_FORK), "processes_threads"),
    "file_max": _Kind(
        "kernel_trouble", re.compile(r"Errno 23\b|ENFILE|open files"), "file_descriptors"
    ),
    "conntrack_full": _Kind("kernel_trouble", re.compile(_NETWORK)),
    "neighbour_overflow": _Kind("kernel_trouble", re.compile(_NETWORK)),
    "tcp_memory": _Kind("kernel_trouble", re.compile(_NETWORK)),
    "page_allocation_failure": _Kind("kernel_trouble", re.compile(_MEMORY), "memory"),
    "vmalloc_failure": _Kind("kernel_trouble", re.compile(_MEMORY), "memory"),
    "rlimit": _Kind("kernel_trouble", re.compile(_MEMORY), "memory"),
    "filesystem_error": _Kind("kernel_io", re.compile(_DISK)),
    "io_error": _Kind("kernel_io", re.compile(_DISK)),
    "nfs_timeout": _Kind("kernel_io", re.compile(rf"{_DISK}|(?i:timed? ?out|stale)")),
}
CRASHES = ("segfault", "protection_fault", "divide_error", "invalid_opcode", "trap")
PROCESS = re.compile(r"(?:traps: )?(?P<comm>.{1,64}?)\[(?P<pid>\d{1,10})\]")
OURS = re.compile(r"(?i)python|pypy|pytest|py\.test|\[pytest|gw\d")
FAR = 4000  # characters of a failure's end
READ = 200  # failures of a run that are asked; the rest say the same


def gather(family: Family) -> Iterator[Evidence]:
    """Look for trouble while a failed run went on that its failures are the echo of."""
    told: set[str] = set()
    for number in family.failed_runs:
        run = family.runs[number]
        trouble = [event for event in run.events if event.kind.startswith("kernel.")]
        failed = list(islice(family.in_run(number), READ)) if trouble else []
        deaths = _deaths(run, failed)
        asked: set[str] = set()  # a log may tell of one kind ten thousand times
        for event in trouble:
            name = event.kind.removeprefix("kernel.")
            if name in asked or not _meanwhile(event, run):
                continue
            found = _crashed(event, deaths) if name in CRASHES else _echoed(name, failed)
            if found or name not in CRASHES:
                asked.add(name)
            if found and found.row not in told:
                told.add(found.row)
                yield _told(event, run, found)


def _told(event: Event, run: Run, found: _Kind) -> Evidence:
    name = event.kind.removeprefix("kernel.").replace("_", " ")
    return Evidence(
        found.row,
        f"the kernel tells of {name} while {run.label} ran",
        quote=event.text.partition("\n")[0],
        source=event.source,
        cause=found.cause,
    )


def _crashed(event: Event, deaths: list[float] | None) -> _Kind | None:
    """Return what a crash is evidence of, if a test died of it: near in time, if both have one."""
    if deaths is None or not _is_ours(event):
        return None
    near = event.time is None or not deaths
    return (
        CRASH if near or any(-1.0 <= at - (event.time or 0.0) <= REACH for at in deaths) else None
    )


def _deaths(run: Run, failed: list[Told]) -> list[float] | None:
    """Return when workers were found dead, as far as a log tells; None where no test died."""
    if not any(failure.phase == "crash" for told in failed for failure in told.result.failures):
        return None
    news = ("worker_down", "worker_crash")
    return [e.time for e in run.events if e.kind in news and e.time is not None][:READ]


def _echoed(name: str, failed: list[Told]) -> _Kind | None:
    """Return what trouble is evidence of, if a failure says what comes of such trouble."""
    kind = KINDS.get(name)
    return kind if kind and any(kind.words.search(_words(told)) for told in failed) else None


CRASH = _Kind("kernel_crash", re.compile(""), "crash")


def _meanwhile(event: Event, run: Run) -> bool:
    """Say whether it happened while the run went on; a log of the run's own needs no clock."""
    if event.time is None or run.started is None or run.wall_seconds is None:
        return True
    return run.started - SLACK <= event.time <= run.started + run.wall_seconds + SLACK


def _is_ours(event: Event) -> bool:
    match = PROCESS.match(event.text)
    return bool(match and OURS.match(match["comm"].strip()))


def _words(told: Told) -> str:
    return "\n".join(f"{each.message}\n{each.text[-FAR:]}" for each in told.result.failures)
