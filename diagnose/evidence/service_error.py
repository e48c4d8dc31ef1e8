"""What the service under test logged while the tests failed."""

import re
from collections.abc import Iterator
from math import inf

from diagnose.clues import Hit
from diagnose.family import Evidence, Family
from diagnose.model import Event, Run, Source
from diagnose.words import plural

ERRORS = ("service.error", "service.5xx")
SILENT = {"starved_response", "timeout_regression"}
MOST_EACH = 8  # errors of the service for each test that waited: tests ask several times
IN_VAIN = re.compile(r"\b504\b|\bupstream timed out\b")
LATE = 60.0  # seconds after which a service that hung has given up too
VISIBLE = {"http_5xx", "app_exception", "assertion", "crash", "service_down", "unknown"}


def gather(family: Family) -> Iterator[Evidence]:
    """Find errors of the service's own in failed runs that the other runs do not have."""
    if family.cause in SILENT and (event := _while_it_hung(family)):
        runs = "each run that failed" if len(family.failed_runs) > 1 else "that run"
        text = f"the service raised an error of its own in {runs}: {_name(event)}"
        quote, source = _raised_at(event)
        yield Evidence("service_error", text, quote=quote, source=source)
        return
    if family.cause not in VISIBLE or not _answered(family) or _has_reason(family):
        return
    for number in family.failed_runs:
        events = [event for event in family.runs[number].events if event.kind in ERRORS]
        errors = [event for event in events if not _waited(event)]
        if errors and not _elsewhere(family):
            event = errors[0]
            logged = plural(len(errors), "error")
            text = f"the service logged {logged} of its own: {_name(event)}"
            quote, source = _raised_at(event)
            yield Evidence("service_error", text, quote=quote, source=source)
            return


def _waited(event: Event) -> bool:
    """Say whether a gateway waited in vain: why the service did not answer it can't tell."""
    return "exception" not in event.details and bool(IN_VAIN.search(_line(event)))


def _while_it_hung(family: Family) -> Event | None:
    """Find what the service raised while tests waited; under load alone it would be a symptom.

    It counts where a serial run failed too, and every failed run has the same error, not much
    more often than tests that failed.
    """
    runs = [family.runs[number] for number in family.failed_runs]
    if min((run.workers for run in runs), default=0) != 1 or _elsewhere(family):
        return None
    found = [list(_raised(run)) for run in runs]
    names = set.intersection(*({_name(event) for event in events} for events in found))
    for number, events in zip(family.failed_runs, found, strict=True):
        same = [event for event in events if _name(event) in names]
        if same and len(same) <= len(list(family.in_run(number))) * MOST_EACH:
            return same[0]
    return None


def _raised(run: Run) -> Iterator[Event]:
    """Yield the errors with a traceback that were logged during the run, or a little later."""
    first = run.started or 0.0
    last = first + run.wall_seconds + LATE if first and run.wall_seconds is not None else inf
    for event in run.events:
        meanwhile = event.time is None or first <= event.time <= last
        if event.kind in ERRORS and "exception" in event.details and meanwhile:
            yield event


def _answered(family: Family) -> bool:
    """Say whether failures carry an answer of the service, and not only silence."""
    return any(told.facts.actual_status >= 500 or _says_5xx(told.hits) for told in family.told)


def _has_reason(family: Family) -> bool:
    """Say whether its log tells a reason that is no fault of the service: the words say that."""
    return any(hit.place == "service" for told in family.told for hit in told.hits)


def _says_5xx(hits: tuple[Hit, ...]) -> bool:
    return any(hit.pattern.cause in ("http_5xx", "app_exception") for hit in hits)


def _elsewhere(family: Family) -> bool:
    """Say whether runs in which the family passed show such errors too: then they are no cause."""
    failed = set(family.failed_runs)
    others = [run for number, run in enumerate(family.runs) if number not in failed]
    return any(event.kind in ERRORS for run in others for event in run.events)


def _name(event: Event) -> str:
    return event.details.get("exception") or _line(event)[:80]


def _raised_at(event: Event) -> tuple[str, Source]:
    """Quote the line that says what was raised; an entry begins with where it was noticed."""
    name = event.details.get("exception", "")
    for number, line in enumerate(event.text.split("\n")):
        if number and name and line.startswith(name):
            return line, Source(event.source.path, event.source.line + number)
    return _line(event), event.source


def _line(event: Event) -> str:
    return event.text.partition("\n")[0]
