"""Families that were found, each by itself, to have died of the same shortage in the same runs.

Words part what time, a log or the company of others then shows to be one: who misses a row, an
item of a list and a key may have waited for the same queue. One event is one incident.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set

from diagnose.diagnosis import Incident
from diagnose.family import Family
from diagnose.judge.signature import Ranked

SHORT = "resource_exhaustion"
LIKELIER_THAN_NOT = 0.5
FALLBACK = {"cpu_starvation"}  # what a shortage is called where nothing says of what
Member = tuple[Family, list[Sequence[Ranked]]]


def reunited(lined_up: Sequence[Member], judged: Sequence[Incident]) -> list[Member] | None:
    """Put families of one shortage together, the largest first; None where all stay as they are."""
    hosts: dict[int, list[int]] = {}
    by_cause: dict[str, dict[frozenset[int], int]] = defaultdict(dict)
    order = sorted(range(len(lined_up)), key=lambda n: -len(lined_up[n][0].outcomes))
    for number in order:
        incident, failed = judged[number], frozenset(lined_up[number][0].failed_runs)
        known = by_cause[incident.cause] if _is_short(incident) else {}
        host = next((n for runs, n in known.items() if _meet(runs, failed)), None)
        if host is None:
            hosts[number] = [number]
            known[failed] = number
        else:
            hosts[host].append(number)
    if len(hosts) == len(lined_up):
        return None
    found = [
        lined_up[numbers[0]]
        if len(numbers) == 1
        else _together([lined_up[n] for n in sorted(numbers)], judged[numbers[0]].cause)
        for numbers in hosts.values()
    ]
    return sorted(found, key=lambda each: -len(each[0].outcomes))


def _is_short(incident: Incident) -> bool:
    named = incident.verdict == SHORT and incident.cause not in FALLBACK
    return named and incident.confidence >= LIKELIER_THAN_NOT


def _meet(one: Set[int], other: Set[int]) -> bool:
    """Say whether either failed in no run in which the other did not."""
    return one <= other or other <= one


def _together(members: Sequence[Member], cause: str) -> Member:
    """Make one family; where words of some name the cause, the others are not asked for it."""
    families = [family for family, _ in members]
    telling = [ranks for family, ranks in members if family.cause == cause]
    labels: Counter[str] = Counter()
    outcomes: dict[str, Mapping[int, str]] = {}
    for family in families:
        labels[family.cause] += len(family.outcomes)
        outcomes |= family.outcomes
    whole = Family(
        families[0].runs,
        tuple(sorted((t for f in families for t in f.told), key=lambda told: told.run)),
        outcomes,
        cause if telling else labels.most_common(1)[0][0],
    )
    return whole, [rank for ranks in telling or [ranks for _, ranks in members] for rank in ranks]
