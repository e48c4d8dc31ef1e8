"""Rate limits that were met although nothing failed of them yet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from diagnose.diagnosis import Diagnosis, EarlyWarning
from diagnose.model import Run
from diagnose.refusals import refusal
from diagnose.words import plural, some

RANK = 0
REFUSED = "429"


def look(diagnosis: Diagnosis) -> Iterator[EarlyWarning]:
    """Find refusals in what passing tests and the runner wrote, and in the service's log."""
    if any(incident.cause == "rate_limit" for incident in diagnosis.incidents):
        return  # it is told already, and advised on
    for run in diagnosis.runs:
        yield from _of_tests(run)
        yield from _of_warnings(run)
    yield from _of_service(diagnosis)


def _of_tests(run: Run) -> Iterator[EarlyWarning]:
    told = [event for event in run.events if event.kind == "refused"]
    if told:
        tests = tuple(dict.fromkeys(event.test for event in told))
        text = f"{run.label}: {plural(len(tests), 'test')} passed although a rate limit said no"
        text += f": {some(tests, 2)}"
        yield EarlyWarning("rate_limit", text, told[0].text, told[0].source, tests)


def _of_warnings(run: Run) -> Iterator[EarlyWarning]:
    for event in run.events:
        if event.kind == "warning" and refusal(event.text):
            quote = event.text.partition("\n")[0]
            text = f"{run.label}: a warning tells of a rate limit"
            tests = (event.test,) if event.test else ()
            yield EarlyWarning("rate_limit", text, quote, event.source, tests)
            return


def _of_service(diagnosis: Diagnosis) -> Iterator[EarlyWarning]:
    events = chain(diagnosis.events, *(run.events for run in diagnosis.runs))
    refused = [
        event
        for event in events
        if event.kind == "service.rejected" and event.details.get("status") == REFUSED
    ]
    if refused:
        text = f"the service refused {plural(len(refused), 'request')} for their number (429)"
        quote = refused[0].text.partition("\n")[0]
        yield EarlyWarning("rate_limit", text, quote, refused[0].source)
