"""What the service under test logged while the tests failed."""

from collections.abc import Iterator

from diagnose.clues import Hit
from diagnose.family import Evidence, Family
from diagnose.model import Event

ERRORS = ("service.error", "service.5xx")
VISIBLE = {"http_5xx", "app_exception", "assertion", "crash", "service_down", "unknown"}


def gather(family: Family) -> Iterator[Evidence]:
    """Find errors of the service's own in failed runs that the other runs do not have."""
    if family.cause not in VISIBLE or not _answered(family):
        return
    for number in family.failed_runs:
        errors = [event for event in family.runs[number].events if event.kind in ERRORS]
        if errors and not _elsewhere(family):
            event = errors[0]
            text = f"the service logged {len(errors)} errors of its own: {_name(event)}"
            yield Evidence("service_error", text, quote=_line(event), source=event.source)
            return


def _answered(family: Family) -> bool:
    """Say whether failures carry an answer of the service, and not only silence."""
    return any(told.facts.actual_status >= 500 or _says_5xx(told.hits) for told in family.told)


def _says_5xx(hits: tuple[Hit, ...]) -> bool:
    return any(hit.pattern.cause in ("http_5xx", "app_exception") for hit in hits)


def _elsewhere(family: Family) -> bool:
    """Say whether runs in which the family passed show such errors too: then they are no cause."""
    failed = set(family.failed_runs)
    others = [run for number, run in enumerate(family.runs) if number not in failed]
    return any(event.kind in ERRORS for run in others for event in run.events)


def _name(event: Event) -> str:
    return event.details.get("exception") or _line(event)[:80]


def _line(event: Event) -> str:
    return event.text.partition("\n")[0]
