"""Which processes of a run died before their time, by what its own logs say."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from diagnose.model import Event, Run, TestResult

MAIN = "master"  # what xdist calls the process that is no worker
WORKER = re.compile(r"gw(\d{1,5})\Z")
PID = re.compile(r"(?i)\bpid\b[^\d\n]{0,4}(\d{2,10})\b")
FAR = 20_000  # characters of a failure's words in which a pid is looked for


class Death(NamedTuple):
    """The end of a worker, or of the whole run; `explained` if it said itself what it died of."""

    worker: str
    test: str = ""
    time: float | None = None
    explained: bool = False
    pids: tuple[int, ...] = ()


class Deaths(NamedTuple):
    """All of a run; `ordered` if one that stands before another came before it."""

    workers: tuple[Death, ...] = ()
    main: Death | None = None
    ordered: bool = True

    @property
    def all(self) -> tuple[Death, ...]:
        """Return the workers', and behind them that of the run itself."""
        return (*self.workers, *([self.main] if self.main else []))


def deaths_of(run: Run) -> Deaths:
    """Find who died in a run, and in which test."""
    crashed = [result for result in run.results if _crashed(result)]
    down = _of_one_log(event for event in run.events if event.kind == "worker_down")
    crash = _of_one_log(event for event in run.events if event.kind == "worker_crash")
    tests = _tests(crash, crashed)
    said = {event.test for event in run.events if event.kind == "faulthandler" and event.test}
    if down or crash:
        found = [(event.worker, _next(tests, event), event.time) for event in down or crash]
    else:
        found = [(result.worker, _name(result), None) for result in crashed]
    pids = {_name(result): tuple(_pids(result)) for result in crashed}
    return Deaths(
        tuple(Death(w, test, time, test in said, pids.get(test, ())) for w, test, time in found),
        _main(run, said),
        bool(down or crash),
    )


def _crashed(result: TestResult) -> bool:
    return any(failure.phase == "crash" for failure in result.failures)


def _name(result: TestResult) -> str:
    return result.id or result.key


def _of_one_log(events: Iterable[Event]) -> Sequence[Event]:
    """Take the log with the most stamps: a job may keep one console in two files."""
    logs: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        logs[event.source.path].append(event)
    return max(logs.values(), key=lambda log: sum(e.time is not None for e in log), default=[])


def _tests(crash: Iterable[Event], crashed: Iterable[TestResult]) -> dict[str, deque[str]]:
    """List the tests in which each worker died; one name may be used by two sessions."""
    tests: dict[str, deque[str]] = defaultdict(deque)
    for event in crash:
        tests[event.worker].append(event.test)
    for result in crashed:
        if result.worker and not tests[result.worker]:
            tests[result.worker].append(_name(result))
    return tests


def _next(tests: dict[str, deque[str]], event: Event) -> str:
    return tests[event.worker].popleft() if tests[event.worker] else event.test


def _pids(result: TestResult) -> Iterable[int]:
    texts = [failure.text for failure in result.failures]
    texts += [captured.text for captured in result.output]
    for text in texts:
        yield from (int(found[1]) for found in PID.finditer(text[:FAR]))


def _main(run: Run, said: set[str]) -> Death | None:
    """Say whether the run itself broke off, in no one's words."""
    broken = [s for s in run.sessions if not s.finished and not s.stopped]
    killed = [event for event in run.events if event.kind == "killed"]
    if not broken and not killed:
        return None
    tests = [test for session in broken for test in session.unfinished]
    test = tests[0] if len(tests) == 1 else ""
    pids = [event.details.get("pid", "") for event in killed]
    known = tuple(int(pid) for pid in pids if pid.isdecimal())
    time = next((event.time for event in killed if event.time is not None), None)
    return Death(MAIN, test, time, bool(test) and test in said, known)


def ancestors(run: Run) -> dict[str, str]:
    """Name for each worker that took the place of another the first who had that place.

    xdist numbers on: of six workers, the first that is replaced is followed by gw6.
    """
    replaced = _of_one_log(event for event in run.events if event.kind == "worker_replaced")
    first: dict[str, str] = {}
    for number, event in enumerate(replaced, run.workers):
        if WORKER.match(event.worker):
            first[f"gw{number}"] = first.get(event.worker, event.worker)
    return first
