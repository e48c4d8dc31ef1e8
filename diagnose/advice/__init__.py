"""What to change, computed from the artifacts: one file a kind of advice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Protocol

from diagnose.advice._case import Examined
from diagnose.advice._runner import Runner
from diagnose.catalogue import Catalogue
from diagnose.diagnosis import Advice, Diagnosis, Incident

MOST = 500  # incidents, the largest first, that get advice of their own; the rest their cause's
REMOVES, FINDS_OUT = 1, 3  # the ranks of what removes a cause, and of what tells more of it
LAST_RESORT = 1200  # characters of a page's remedy, where nothing else is known


class Adviser(Protocol):
    """What a module of this package offers.

    Its advice comes with the adviser's name as id; `RANK` is 1 for what removes a cause, 2 for
    what works around it, 3 for what finds out more.
    """

    RANK: int

    def advise(self, diagnosis: Diagnosis) -> Iterator[Advice]:
        """Yield what to change; nothing where nothing is known that is worth saying."""


ADVISERS: Catalogue[Adviser] = Catalogue(__name__)


def advised(diagnosis: Diagnosis) -> Diagnosis:
    """Return the diagnosis with all advice, and each incident with the ids of its own.

    Commands are in words of the runner that ran the tests, as far as the runs tell.
    """
    ordered = _ordered(diagnosis, [*_found(diagnosis)])
    runner = Runner.of(diagnosis)
    found = _numbered(map(runner.advice, ordered))
    of: dict[str, list[str]] = {incident.id: [] for incident in diagnosis.incidents}
    for each in found:
        for name in each.incidents:
            of[name].append(each.id)
    return replace(
        diagnosis,
        advice=found,
        incidents=tuple(
            replace(
                incident,
                advice=tuple(of[incident.id]),
                next_run=runner.next_run(incident.next_run),
            )
            for incident in diagnosis.incidents
        ),
    )


def _found(diagnosis: Diagnosis) -> Iterator[tuple[int, Advice]]:
    helped: set[str] = set()
    largest = Examined.largest(diagnosis, MOST)
    known = {incident.id: incident for incident in largest.incidents}
    for adviser in ADVISERS.values():
        for advice in adviser.advise(largest):
            helped.update(advice.incidents)
            if adviser.RANK < FINDS_OUT and len(advice.incidents) == 1:
                advice = _supposing(advice, known[advice.incidents[0]])
            yield adviser.RANK, advice
    for incident in diagnosis.incidents:
        if incident.id not in helped and incident.remedy:
            yield (
                FINDS_OUT,
                Advice(
                    id="page",
                    title=f"See what usually helps against {incident.cause}",
                    why=incident.remedy[:LAST_RESORT],
                    proof=f"diagnose explain {incident.cause}",
                    incidents=(incident.id,),
                ),
            )


def _supposing(advice: Advice, incident: Incident) -> Advice:
    """Tell reasons that take a cause for granted as no surer than it is."""
    if incident.wording != "undetermined":
        return advice
    guess = f"Supposing it is `{incident.cause}` ({incident.confidence:.0%}): "
    return replace(advice, why=f"{guess}{advice.why}")


def _ordered(diagnosis: Diagnosis, found: Iterable[tuple[int, Advice]]) -> list[Advice]:
    """Put the largest incident's advice first, what removes the cause before what goes round it.

    What goes round several causes comes when each of them has been told how to remove it, and
    with it what else goes round one of them.
    """
    found = list(found)
    places = {incident.id: place for place, incident in enumerate(diagnosis.incidents)}
    last = dict(places)
    for rank, advice in found:
        if rank != REMOVES:
            furthest = max((places[name] for name in advice.incidents), default=0)
            last.update((name, max(last[name], furthest)) for name in advice.incidents)

    def order(each: tuple[int, Advice]) -> tuple[int, int]:
        rank, advice = each
        said = places if rank == REMOVES else last
        return min((said[name] for name in advice.incidents), default=len(places)), rank

    merged: dict[tuple[str, str], list[Advice]] = {}
    for _, advice in sorted(found, key=order):
        merged.setdefault((advice.id, advice.title), []).append(advice)
    return list(map(_merged, merged.values()))


def _merged(alike: Sequence[Advice]) -> Advice:
    """Say the same once, for all incidents that it is for."""
    names = chain.from_iterable(advice.incidents for advice in alike)
    return replace(alike[0], incidents=tuple(dict.fromkeys(names)))


def _numbered(found: Iterable[Advice]) -> tuple[Advice, ...]:
    seen: Counter[str] = Counter()
    numbered = []
    for advice in found:
        seen[advice.id] += 1
        numbered.append(replace(advice, id=f"{advice.id}-{seen[advice.id]}"))
    return tuple(numbered)
