"""Stacks that Python printed while it died: a crash, and no kill from outside."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.family import Evidence, Family, Told
from diagnose.model import Event, Run

REACH = 10.0  # seconds between a dump and the death it belongs to


def gather(family: Family) -> Iterator[Evidence]:
    """Find the dump that belongs to a test of the family that took its process down."""
    for told in family.told:
        if any(failure.phase == "crash" for failure in told.result.failures):
            run = family.runs[told.run]
            dumps = [event for event in run.events if event.kind == "faulthandler"]
            if event := _dump_of(told, run, dumps):
                function = event.details.get("function", "")
                where = f" in {function}" if function else ""
                text = f"Python printed its stacks as it died{where}, in {run.label}"
                yield Evidence(
                    "faulthandler",
                    text,
                    quote=event.text.partition("\n")[0],
                    source=event.source,
                    cause="crash",
                )
                return


def _dump_of(told: Told, run: Run, dumps: list[Event]) -> Event | None:
    """Match by the test that a dump names, else by time, else where there is one of each."""
    named = [event for event in dumps if event.test and _same(event.test, told)]
    if named:
        return named[0]
    nameless = [event for event in dumps if not event.test]
    died = [e for e in run.events if e.kind == "worker_crash" and _same(e.test, told)]
    times = [event.time for event in died if event.time is not None]
    near = [e for e in nameless if e.time is not None and _near(e.time, times)]
    if near:
        return near[0]
    crashed = [result for result in run.results if any(f.phase == "crash" for f in result.failures)]
    untimed = not times or all(event.time is None for event in nameless)
    return nameless[0] if untimed and len(nameless) == 1 == len(crashed) else None


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
