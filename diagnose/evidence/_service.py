"""Why the service answered with an error, by its own log: what ran out there is the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from diagnose.clues import Facts, Hit
from diagnose.evidence._prefilter import Patterns
from diagnose.evidence._signature import find_in
from diagnose.family import Told
from diagnose.model import Run, Source

ERRORS = ("service.error", "service.5xx")
# A shortage, or what is missing, explains an answer; what the service did wrong is its own fault,
# and so is that it does not bear requests that come at once.
SHORT = ("resource_exhaustion", "environment")
ITS_OWN = {"lock_contention", "starved_response", "cpu_starvation", "unclosed_resources"}
TELLING = ("decisive", "strong")
SLACK = 2.0  # seconds between clocks of one machine, and for an answer to arrive
MOST = 500  # entries of a run's logs that differ and are read
DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class Reason:
    """What an entry of the service's log fits, and when entries like it were written."""

    hits: tuple[Hit, ...]
    times: list[float] = field(default_factory=list)
    timeless: bool = False

    def while_it_ran(self, told: Told) -> bool:
        """Say whether one was written during the test, as far as clocks tell."""
        start, seconds = told.result.start, told.result.seconds
        if self.timeless or start is None or seconds is None:
            return True
        return any(start - SLACK <= at <= start + seconds + SLACK for at in self.times)


def explained(runs: Sequence[Run], told: Sequence[Told], patterns: Patterns) -> list[Told]:
    """Add to failures that are an answer of the service what its log says the reason was.

    What it also logs in runs without such a failure is no reason.
    """
    answered = {each.run for each in told if _answered(each)}
    if not answered:
        return list(told)
    found = [list(_reasons(run, patterns)) for run in runs]
    usual = {
        hit.pattern.id
        for number, reasons in enumerate(found)
        if number not in answered
        for reason in reasons
        for hit in reason.hits
    }
    return [_with(each, found[each.run], usual) if _answered(each) else each for each in told]


def _answered(told: Told) -> bool:
    """Say whether the service answered, and said no more than that it failed."""
    return is_answer(told.facts, told.hits)


def is_answer(facts: Facts, hits: Sequence[Hit]) -> bool:
    """Say whether a failure carries an error that the service answered with."""
    return facts.actual_status >= 500 or any(hit.pattern.cause == "http_5xx" for hit in hits)


def _with(told: Told, reasons: Sequence[Reason], usual: set[str]) -> Told:
    hits = {
        hit.pattern.id: hit
        for reason in reasons
        if reason.while_it_ran(told)
        for hit in reason.hits
        if hit.pattern.id not in usual
    }
    return replace(told, hits=(*told.hits, *hits.values())) if hits else told


def _reasons(run: Run, patterns: Patterns) -> Iterator[Reason]:
    """Read the errors that a service logged; those that say the same are read once."""
    known: dict[str, Reason] = {}
    for event in run.events:
        if event.kind not in ERRORS:
            continue
        key = DIGITS.sub("0", event.text)
        if (reason := known.get(key)) is None:
            if len(known) == MOST:
                continue
            reason = known[key] = Reason(tuple(_telling(event.text, event.source, patterns)))
        if event.time is None:
            reason.timeless = True
        else:
            reason.times.append(event.time)
    yield from (reason for reason in known.values() if reason.hits)


def _telling(text: str, source: Source, patterns: Patterns) -> Iterator[Hit]:
    for hit in find_in(text, "service", source, patterns):
        known = hit.pattern
        if known.verdict in SHORT and known.cause not in ITS_OWN and known.strength in TELLING:
            yield hit
