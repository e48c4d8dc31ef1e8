"""Time-outs, where a time-out is the fault, from what was measured."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diagnose.advice._case import Case, cases, listed
from diagnose.advice._project import option
from diagnose.advice._requests import endpoint, errors, origins, said
from diagnose.diagnosis import Advice, Diagnosis, Patch
from diagnose.model import Run
from diagnose.sizing import timeout_proposal

RANK = 2
UNTIL = '''\
import time


def wait_until(condition, seconds=60):
    """Return as soon as it holds; the limit is for what hangs."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.01)
'''
SAID = re.compile(
    r"(?i)(?:read timeout|timeout|timed out after|timeout[ =:]+of)[ =:]{1,3}(\d{1,5}(?:\.\d{1,6})?)"
    r"(?: ?(ms|s)\b)?"
)


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Advise to find the slow answer, or to give busy machines the time that was measured."""
    for case in cases(diagnosis, {"timeout_regression"}):
        yield _slow(diagnosis, case)
    for case in cases(diagnosis, {"cpu_starvation", "starved_response"}):
        if case.parallel_only:
            yield from _busy(case)
        elif case.incident.cause == "starved_response":
            yield _slow(diagnosis, case)
        else:
            yield _hurried(case)


def _slow(diagnosis: Diagnosis, case: Case) -> Advice:
    path, limit = endpoint(case), _limit(case) or _waited(case)
    asker = next((f.function for f in case.frames if f.function.isidentifier()), "")
    place = f"the endpoint {path}" if path else f"the endpoint that `{asker}` asks"
    place = place if path or asker else "what they wait for"
    waited = f" the time-out of {limit:g} s" if limit else " its time-out"
    where = f" The wait is at {case.place}." if case.place else ""
    return Advice(
        "timeouts",
        title=f"Find out why {place} became slow; the timeout is only the messenger",
        why=(f"{case.tests} waited longer than{waited}, {_company(case)}.{where}{_beside(case)}"),
        effect=(
            f"Once it answers within {limit:g} s again, {case.tests} will pass with the timeout "
            "as it is; a longer one would only hide the regression."
            if limit
            else f"Once it answers in time again, {case.tests} will pass with the timeout as it is."
        ),
        proof=f"pytest -n 0 --durations=20 {listed(case.ids)}",
        patches=(
            option(
                diagnosis,
                "faulthandler_timeout",
                f"{_dump(limit)}",
                "prints the stacks of a test that takes so many seconds: who waits for what",
            ),
        ),
        incidents=(case.id,),
    )


def _company(case: Case) -> str:
    """Say whether anything ran beside it, and what follows."""
    if case.seems_serial:
        return (
            "and by its times the run was serial (say @1 after it, if it was): then it does not "
            "depend on how many tests run"
        )
    runs = "serially too" if case.fewest == 1 else f"from {case.fewest} workers on"
    return f"{runs}: it does not depend on how many tests run"


def _beside(case: Case) -> str:
    """Say what the service itself had to say, where it raised something while tests waited."""
    if not any(item.kind == "service_error" for item in case.incident.ledger):
        return ""
    event = errors(case)[0]
    inner = next(origins(event), "")
    return f" The service's log says: {said(event)}" + (f", raised at {inner}" if inner else "")


def _dump(limit: float) -> str:
    return f"{max(1, round(limit * 0.8)) if limit else 60}"


def _limit(case: Case) -> float:
    match = SAID.search(case.raised) or SAID.search(case.text)
    if not match:
        return 0.0
    seconds = float(match[1])
    return seconds / 1000 if match[2] == "ms" else seconds


def _waited(case: Case) -> float:
    """Return the whole seconds after which nearly all of them gave up, if there is such a time."""
    known = sorted(result.seconds for _, result in case.failures if result.seconds)
    if not known or known[0] < 1 or known[-1] > known[0] * 1.2:
        return 0.0
    return float(int(known[0]))


def _busy(case: Case) -> Iterator[Advice]:
    """Advise on a time-out that even the slowest clean test keeps, with several workers."""
    serial = [run for run in case.clean if run.workers == 1]
    known = sorted(seconds for run in serial for seconds in _seconds(case, run))
    limit, slower = _limit(case), _slower(case, serial)
    if not known or not slower:
        return
    proposal = timeout_proposal(known, slower)
    if proposal is None or proposal <= limit:
        return
    yield Advice(
        "timeouts",
        title=f"Only if fewer workers will not do: a timeout of {proposal:g} s for these tests",
        why=(
            f"Serially the slowest of them took {known[-1]:.2f} s"
            f"{f', the time-out is {limit:g} s' if limit else ''}; under load tests that passed "
            f"took {slower:.1f} times as long. {known[-1]:.2f} s x {slower:.1f} x 1.5 is at most "
            f"{proposal:g} s."
        ),
        effect="They wait longer instead of failing; the load that makes them wait remains.",
        proof=f"pytest -n {max(run.workers for run in case.failing)} {listed(case.ids)}",
        incidents=(case.id,),
    )


def _hurried(case: Case) -> Advice:
    """Advise where the machine was too slow for a test even without company."""
    limit = _limit(case)
    at = f" at {case.place}" if case.place else ""
    return Advice(
        "timeouts",
        title="Let these tests wait for what they wait for, not for seconds",
        why=(
            f"{case.were} too slow{at}, serially too: {case.raised}. On a machine that does "
            "other work a test of the clock says little about the code."
        ),
        effect=(
            f"The limit{f' of {limit:g} s' if limit else ''} ends only what hangs; time that is "
            "itself the matter is measured with `time.process_time`."
        ),
        proof=f"nproc; cat /proc/loadavg; pytest -n 0 --durations=20 {listed(case.ids)}",
        patches=(Patch("tests/waiting.py", "python", UNTIL),),
        incidents=(case.id,),
    )


def _seconds(case: Case, run: Run) -> list[float]:
    wanted = {f"{test.classname}::{test.name}" for test in case.incident.tests}
    rows = run.table.find(wanted).values()
    return [row.seconds for row in rows if row.outcome == "passed" and row.seconds > 0]


def _slower(case: Case, serial: list[Run]) -> float:
    """Say how much longer the tests took that passed in both, at the median; 0 for unknown."""
    if not serial or not case.failing:
        return 0.0
    alone = {row.key: row.seconds for row in serial[0].table if row.seconds > 0.01}
    busy = max(case.failing, key=lambda run: run.workers)
    ratios = sorted(
        row.seconds / alone[row.key]
        for row in busy.table
        if row.outcome == "passed" and row.key in alone and row.seconds > 0
    )
    return max(1.0, ratios[len(ratios) // 2]) if ratios else 0.0
