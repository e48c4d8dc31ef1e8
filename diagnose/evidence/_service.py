"""Why the service answered with an error, by its own log: what ran out there is the reason."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from diagnose.clues import Hit
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

    def names(self) -> set[str]:
        """Name the patterns that it fits."""
        return {hit.pattern.id for hit in self.hits}

    def while_it_ran(self, told: Told) -> bool:
        """Say whether one was written during the test, by clocks that both have."""
        start, seconds = told.result.start, told.result.seconds
        if start is None or seconds is None:
            return False
        at = bisect_left(self.times, start - SLACK)
        return at < len(self.times) and self.times[at] <= start + seconds + SLACK


def explained(runs: Sequence[Run], told: Sequence[Told], patterns: Patterns) -> list[Told]:
    """Add to failures that are an answer of the service what its log says the reason was.

    What it also logs in runs without such a failure is no reason.
    """
    logged = any(event.kind in ERRORS for run in runs for event in run.events)
    answered = {each.run for each in told if _answered(each)} if logged else set()
    if not answered:
        return list(told)
    found = [list(_reasons(run, patterns)) for run in runs]
    calm = (reasons for number, reasons in enumerate(found) if number not in answered)
    usual = {name for reasons in calm for reason in reasons for name in reason.names()}
    reasons = [[reason for reason in each if not reason.names() & usual] for each in found]
    return list(_told(told, reasons))


def _told(told: Sequence[Told], reasons: Sequence[Sequence[Reason]]) -> Iterator[Told]:
    """Go by the clocks, unless by them the service never failed while a test ran.

    Without clocks, a log of several kinds of errors does not tell which was whose.
    """
    meant = [_meanwhile(each, reasons[each.run]) if _answered(each) else [] for each in told]
    timed = {each.run for each, found in zip(told, meant, strict=True) if found}
    shared: dict[tuple[int, ...], tuple[Hit, ...]] = {}  # by failures that say the same
    for each, found in zip(told, meant, strict=True):
        clear = each.run not in timed and all(reason.hits for reason in reasons[each.run])
        chosen = reasons[each.run] if clear and _answered(each) else found
        hits = {hit.pattern.id: hit for reason in chosen for hit in reason.hits}
        mark = (id(each.hits), *map(id, hits.values()))
        both = shared.setdefault(mark, (*each.hits, *hits.values()))
        yield replace(each, hits=both) if hits else each


def _meanwhile(told: Told, reasons: Sequence[Reason]) -> list[Reason]:
    return [reason for reason in reasons if reason.hits and reason.while_it_ran(told)]


def _answered(told: Told) -> bool:
    """Say whether the service answered with an error."""
    words = any(hit.pattern.cause == "http_5xx" for hit in told.hits)
    return told.facts.actual_status >= 500 or words


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
            hits = tuple(_telling(event.text, event.source, patterns))
            if not hits and "exception" not in event.details:
                continue  # a line that a request was answered so
            reason = known[key] = Reason(hits)
        if event.time is not None:
            reason.times.append(event.time)
    for reason in known.values():
        reason.times.sort()
        yield reason


def _telling(text: str, source: Source, patterns: Patterns) -> Iterator[Hit]:
    for hit in find_in(text, "service", source, patterns):
        known = hit.pattern
        if known.verdict in SHORT and known.cause not in ITS_OWN and known.strength in TELLING:
            yield hit
