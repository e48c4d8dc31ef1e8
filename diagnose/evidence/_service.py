"""Why the service answered with an error, by its own log: what ran out there is the reason."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence, Set
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
    """What an entry of the service's log fits, and when entries like it were written.

    `kind` names the patterns that it fits; without any, the exception.
    """

    hits: tuple[Hit, ...]
    kind: frozenset[str] = frozenset()
    times: list[float] = field(default_factory=list)

    def while_it_ran(self, told: Told) -> bool:
        """Say whether one was written during the test, by clocks that both have."""
        start, seconds = told.result.start, told.result.seconds
        if start is None or seconds is None:
            return False
        at = bisect_left(self.times, start - SLACK)
        return at < len(self.times) and self.times[at] <= start + seconds + SLACK


def explained(runs: Sequence[Run], told: Sequence[Told], patterns: Patterns) -> list[Told]:
    """Add to failures that are an answer of the service what its log says the reason was."""
    logged = [number for number, run in enumerate(runs) if has_log(run)]
    erred = {n for n in logged if any(event.kind in ERRORS for event in runs[n].events)}
    asked = _asked(told, runs, erred) if erred else set()
    if not asked:
        return list(told)
    found = [list(_reasons(run, patterns)) for run in runs]
    possible = _possible(found, [told[n] for n in sorted(asked)], logged)
    certain = len(erred) < len(logged) or any(_answered(told[n]) for n in asked)
    return list(_told(told, asked, possible, certain=certain))


def has_log(run: Run) -> bool:
    """Say whether a run came with a log of the service: what is not in one did not happen."""
    known = any(each.kind == "service_log" for each in run.inputs)
    return known or any(event.kind in ERRORS for event in run.events)


def _asked(told: Sequence[Told], runs: Sequence[Run], erred: Set[int]) -> set[int]:
    """Number the failures that the log may explain: answers of the service, where there are any.

    Where nobody had one, somebody may have kept it to himself, and tests found nothing: in these
    runs alone, and not more of them than there are errors.
    """
    answered = {n for n, each in enumerate(told) if _answered(each)}
    if answered:
        return answered
    failed: dict[str, set[int]] = defaultdict(set)
    for each in told:
        failed[each.result.key].add(each.run)
    silent = {
        n
        for n, each in enumerate(told)
        if each.facts.nothing == "missing" and failed[each.result.key] <= erred
    }
    errors = {n: sum(event.kind in ERRORS for event in runs[n].events) for n in erred}
    count = Counter(told[n].run for n in silent)
    return silent if all(count[n] <= errors[n] for n in count) else set()


def _possible(
    found: Sequence[Sequence[Reason]], answered: Sequence[Told], logged: Sequence[int]
) -> Callable[[Told], Sequence[Reason]]:
    """Tell apart whose reason an error can be by the runs that have it.

    Tests that got such an answer in every run had it of an error that every run has. The others
    had it of one that is not there in runs in which they got none.
    """
    runs: dict[str, set[int]] = defaultdict(set)
    for each in answered:
        runs[each.result.key].add(each.run)
    always = {test for test, failed in runs.items() if len(logged) > 1 and failed >= {*logged}}
    loud = {each.run for each in answered if each.result.key not in always}
    kinds = [{reason.kind for reason in found[number]} for number in logged]
    usual = {kind for n, each in zip(logged, kinds, strict=True) if n not in loud for kind in each}
    common = set.intersection(*kinds)
    constant = [[reason for reason in each if reason.kind in common] for each in found]
    unusual = [[reason for reason in each if reason.kind not in usual] for each in found]
    return lambda told: (constant if told.result.key in always else unusual)[told.run]


def _told(
    told: Sequence[Told],
    asked: Set[int],
    possible: Callable[[Told], Sequence[Reason]],
    *,
    certain: bool,
) -> Iterator[Told]:
    """Go by the clocks, unless by them the service never failed while a test ran.

    Without clocks, a log of several kinds of errors does not tell which was whose; nor does one
    without a run that was spared them, whether anybody was answered so who does not say it.
    """
    reasons = [possible(each) if n in asked else [] for n, each in enumerate(told)]
    meant = [_meanwhile(each, mine) for each, mine in zip(told, reasons, strict=True)]
    timed = {each.run for each, found in zip(told, meant, strict=True) if found}
    shared: dict[tuple[int, ...], tuple[Hit, ...]] = {}  # by failures that say the same
    for each, mine, found in zip(told, reasons, meant, strict=True):
        clear = certain and each.run not in timed and all(reason.hits for reason in mine)
        chosen = mine if clear else found
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
            names = {hit.pattern.id for hit in hits} or {event.details["exception"]}
            reason = known[key] = Reason(hits, frozenset(names))
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
