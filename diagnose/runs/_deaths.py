"""Which processes of a run died before their time, by what its own logs say."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from diagnose.model import Event, Failure, Run, TestResult
from diagnose.oom import KernelKill

MAIN = "master"  # what xdist calls the process that is no worker
WORKER = re.compile(r"gw(\d{1,5})\Z")
PID = re.compile(r"(?i)\bpid\b[^\d\n]{0,4}(\d{2,10})\b")
FAR = 20_000  # characters of a failure's words in which a pid is looked for


class Death(NamedTuple):
    """The end of a worker, or of the whole run; `explained` if it said itself what it died of.

    `seen` is false where a log only breaks off: it may have been cut.
    """

    worker: str
    test: str = ""
    time: float | None = None
    explained: bool = False
    pids: tuple[int, ...] = ()
    seen: bool = True


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
    codes = {e.details.get("code") for e in run.events if e.kind == "exit_code"}
    codes |= {str(session.exit_code) for session in run.sessions}
    seen = bool(killed) or "137" in codes
    return Death(MAIN, test, time, bool(test) and test in said, known, seen)


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


def lost_tests(run: Run, kill: KernelKill) -> tuple[TestResult, ...]:
    """Return what ran when the run itself was killed: no report could be written of it."""
    failure = Failure(
        "error", "the kernel killed the process that ran it", kill.source, kill.text, phase="crash"
    )
    known = {result.id for result in run.results}
    names = dict.fromkeys(test for s in run.sessions if not s.finished for test in s.unfinished)
    return tuple(
        _result(name, kill, failure, run.workers) for name in names if name and name not in known
    )


def _result(nodeid: str, kill: KernelKill, failure: Failure, workers: int) -> TestResult:
    place, bracket, parameters = nodeid.partition("[")
    file, *classes, name = place.split("::") if "::" in place else ("", place)
    module = file.removesuffix(".py").replace("/", ".")
    return TestResult(
        classname=".".join(part for part in (module, *classes) if part),
        name=name + bracket + parameters,
        outcome="error",
        source=kill.source,
        id=nodeid,
        file=file,
        worker="" if workers > 1 else MAIN,
        failures=(failure,),
    )
