"""Requests that the service refused for their number, while tests failed that say nothing of it.

A client that asks again, and then shrugs, leaves a test with nothing or with words of the product's
own. The log of the service has what it was told each time.
"""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.clues import Facts
from diagnose.evidence._service import has_log
from diagnose.evidence._wordless import FORM_ONLY
from diagnose.family import Evidence, Family
from diagnose.model import Event, Run
from diagnose.words import plural

CAUSES = {"429": "rate_limit", "408": "starved_response"}
ONE_RUN = 0.6  # weight where no run tells whether it passes without a refusal


def gather(family: Family) -> Iterator[Evidence]:
    """Look for refusals in every run that failed, and in none of those that passed."""
    if family.cause not in FORM_ONLY or not all(_is_silent(told.facts) for told in family.read):
        return
    failed = {*family.failed_runs}
    refused = {number: _refused(family.runs[number]) for number in failed}
    if any(len(refused[number]) < len(family.in_run(number)) for number in failed):
        return  # not each of them can have been refused
    others = [family.runs[number] for number in family.ran - failed]
    if not all(map(has_log, others)) or any(map(_refused, others)):
        return
    first = min(failed)
    event, label = refused[first][0], family.runs[first].label
    status = event.details["status"]
    many = plural(len(refused[first]), "request")
    text = f"the service refused {many} in {label} ({status})"
    quote = event.text.partition("\n")[0]
    weight = 1.0 if others else ONE_RUN
    cause = CAUSES[status]
    yield Evidence("rejected", text, weight=weight, quote=quote, source=event.source, cause=cause)


def _is_silent(facts: Facts) -> bool:
    """Say whether there was nothing, or the product gave up; a wrong value is an answer."""
    own = bool(facts.exception) and facts.raised_by == "product"
    return bool(facts.nothing) or (own and not facts.assertion)


def _refused(run: Run) -> list[Event]:
    return [
        event
        for event in run.events
        if event.kind == "service.rejected" and event.details.get("status") in CAUSES
    ]
