"""Stacks that Python printed while it died: a crash, and no kill from outside."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.family import Evidence, Family, Told
from diagnose.model import Event, Run, TestResult

MOST = 100  # dumps, and deaths, of a run that are held against each other
REACH = 10.0  # seconds between a dump and the death it belongs to


def gather(family: Family) -> Iterator[Evidence]:
    """Find the dump that belongs to a test of the family that took its process down."""
    for number in family.failed_runs:
        run = family.runs[number]
        dumps = [event for event in run.events if event.kind == "faulthandler"][:MOST]
        died = [told for told in family.in_run(number) if _died(told.result)] if dumps else []
        for told in died[:MOST]:
            if event := _dump_of(told, run, dumps):
                function = event.details.get("function", "")
                where = f" in {function}" if function else ""
                text = f"Python printed its stacks as it died{where}, in {run.label}"
                yield Evidence(
                    "faulthandler",
                    text,
                    quote=event.text.partition("\n")[0],
                    source=event.source,
                    roles={told.result.key: "culprit"} if event.test else {},
                    cause="crash",
                )
                return


def _dump_of(told: Told, run: Run, dumps: list[Event]) -> Event | None:
    """Match by the test that a dump names, else by time, else where there is one of each."""
    named = [event for event in dumps if event.test and _same(event.test, told)]
    if named:
        return named[0]
    nameless = [event for event in dumps if not event.test]
    if not nameless:
        return None
    news = [e for e in run.events if e.kind == "worker_crash" and _same(e.test, told)]
    times = [event.time for event in news if event.time is not None]
    near = [e for e in nameless if e.time is not None and _near(e.time, times)]
    if near:
        return near[0]
    untimed = not times or all(event.time is None for event in nameless)
    alone = len(nameless) == 1 == sum(_died(result) for result in run.results)
    return nameless[0] if untimed and alone else None


def _died(result: TestResult) -> bool:
    return any(failure.phase == "crash" for failure in result.failures)


def _near(time: float, deaths: list[float]) -> bool:
    return any(-1.0 <= death - time <= REACH for death in deaths)


def _same(test: str, told: Told) -> bool:
    """Say whether a dump, which knows file and function, or a log, means this test."""
    result = told.result
    file, _, function = test.partition("::")
    if test == result.id:
        return True
    ours = result.file or result.id.partition("::")[0]
    return bool(file and ours.endswith(file)) and function == result.name.partition("[")[0]
