"""The judge: failures become incidents, and evidence becomes a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from diagnose.clues import Page
from diagnose.diagnosis import Incident, Item, Parallelism, TestCase
from diagnose.family import Evidence, Family, Told, verbatim
from diagnose.judge.beliefs import VOCABULARY, Words, words_of
from diagnose.judge.lineup import line_up
from diagnose.judge.marginals import Logs
from diagnose.judge.reunion import Member, reunited
from diagnose.judge.tables import tables
from diagnose.judge.trend import Count, state
from diagnose.judge.verdict import compare, dose_of, pronounce
from diagnose.judge.vocabulary import AS_A_WHOLE, Heard, hear, quoted
from diagnose.model import Run

BAD = frozenset(("failed", "error"))
RAN = BAD | {"passed"}
ASKED = 200  # families whose words are asked where nothing decides; a report is read from the top
FAINT = 0.5  # decibans for which no words need be named
Gather = Callable[[Family], Iterable[Evidence]]


class Case(NamedTuple):
    """All that is known of a family: its words, other evidence, and in which runs it turned up."""

    family: Family
    words: Words
    found: Sequence[Evidence]
    logs: Logs | None


def incidents(
    runs: Sequence[Run], told: Sequence[Told], pages: Mapping[str, Page], gather: Gather
) -> tuple[Incident, ...]:
    """Judge every failure of the runs, the largest incident first; of two, the surer."""
    lined_up: Sequence[Member] = line_up(runs, told, pages)
    found = {id(family): list(gather(family)) for family, _ in lined_up}
    judged = _judged(lined_up, pages, found)
    if again := reunited(lined_up, judged):
        for family, _ in again:
            if id(family) not in found:
                found[id(family)] = list(gather(family))
        judged = _judged(again, pages, found)
    judged.sort(key=lambda each: (-len(each.tests), _doubt(each)))
    return tuple(_numbered(judged))


def _judged(
    lined_up: Sequence[Member], pages: Mapping[str, Page], found: Mapping[int, Sequence[Evidence]]
) -> list[Incident]:
    families = [family for family, _ in lined_up]
    words = words_of(ranks for _, ranks in lined_up)
    cases = zip(families, words, compare(families), strict=True)
    return [
        _pronounced(Case(family, said, found[id(family)], logs), pages, asked=number < ASKED)
        for number, (family, said, logs) in enumerate(cases)
    ]


def _pronounced(case: Case, pages: Mapping[str, Page], *, asked: bool) -> Incident:
    """Judge a family; where its words are all there is, and do not decide, ask the vocabulary."""
    first, lean = pronounce(*case, pages), tables().lean
    alone = not case.logs and not case.found
    unsure = first.confidence < lean.asked_below
    heard = hear(case.family) if asked and alone and unsure else None
    if not heard:
        return first
    surest = max(lean.surest, first.confidence)
    words = replace(case.words, heard=heard.decibans, surest=surest)
    return _worded(pronounce(*case._replace(words=words), pages), heard, pages)


def _worded(incident: Incident, heard: Heard, pages: Mapping[str, Page]) -> Incident:
    """Say which words spoke for the verdict, or, where they spoke against it, for the next.

    Of the causes on that side the one that the report names comes first, if they speak for it.
    """
    likely = {incident.cause, *(each.cause for each in incident.alternatives)}
    named = {cause for cause in likely if heard.decibans.get(cause, 0) > 0}

    def told(item: Item) -> Item:
        if item.kind != VOCABULARY:
            return item
        side = item.for_ if item.decibans >= 0 else item.against
        causes = [cause for cause, page in pages.items() if page.verdict == side]
        if abs(item.decibans) < FAINT:
            return replace(item, text=AS_A_WHOLE)
        said = quoted(heard, named.intersection(causes))
        if said.text == AS_A_WHOLE:
            said = quoted(heard, causes)
        return replace(item, text=said.text, quote=verbatim(said.quote), source=said.source)

    return replace(incident, ledger=tuple(map(told, incident.ledger)))


def _doubt(incident: Incident) -> float:
    return 1.0 if incident.verdict == "inconclusive" else 1 - incident.confidence


def _numbered(judged: Iterable[Incident]) -> Iterable[Incident]:
    seen: Counter[str] = Counter()
    for incident in judged:
        seen[incident.cause] += 1
        yield replace(incident, id=f"{incident.cause}-{seen[incident.cause]}")


def parallelism(runs: Sequence[Run], found: Sequence[Incident]) -> Parallelism:
    """Say what the runs allow to say of failures and parallelism."""
    failed: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    linked = []
    always = 0
    for incident in found:
        ends = [_ends(test) for test in incident.tests]
        constant = [bad for ran, bad in ends if _persistent(ran, bad, runs)]
        always += len(constant)
        everywhere.update(label for bad in constant for label in bad)
        failed.update(label for ran, bad in ends if bad not in constant for label in bad)
        if incident.linked is not None and len(constant) < len(ends):
            linked.append(incident.linked)
    counts = [
        Count(run.workers, dose_of(run), failed[run.label] + always)
        for run in runs
        if failed[run.label] or everywhere[run.label] or _whole(run)
    ]
    said = state(counts, always, max(linked, default=1.0))
    return Parallelism(
        said.relation,
        said.statement,
        _rounded(said.rate_ratio),
        said.interval and (round(said.interval[0], 2), round(said.interval[1], 2)),
        _rounded(said.p_value, 4),
        _rounded(said.bayes_factor),
        said.design,
    )


def _ends(test: TestCase) -> tuple[set[str], set[str]]:
    """Return the runs that ran a test, and those in which it failed."""
    ran = {label for label, end in test.outcomes.items() if end in RAN}
    return ran, {label for label in ran if test.outcomes[label] in BAD}


def _persistent(ran: set[str], bad: set[str], runs: Sequence[Run]) -> bool:
    """Say whether a test fails wherever it runs, the least and the most parallel runs included."""
    workers = {run.workers for run in runs if run.label in bad}
    every = {run.workers for run in runs}
    return ran == bad and min(every) in workers and (max(every) in workers or len(workers) > 1)


def _whole(run: Run) -> bool:
    """Say whether a run without a failure may be called clean: not if it broke off."""
    return not any(gap.kind in ("truncated", "never_finished", "lost") for gap in run.gaps)


def _rounded(value: float | None, digits: int = 2) -> float | None:
    return None if value is None else round(value, digits)
