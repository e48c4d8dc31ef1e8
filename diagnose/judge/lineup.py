"""Who belongs together: failures of all runs become families, and each test has one of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from diagnose.clues import Page
from diagnose.family import Family, Told
from diagnose.judge.cluster import cluster
from diagnose.judge.companions import with_companions
from diagnose.judge.constant import apart
from diagnose.judge.families import families
from diagnose.judge.kinds import Failure, raised_in
from diagnose.judge.signature import Ranked, decide, rank
from diagnose.judge.wordless import with_wordless
from diagnose.model import Run
from diagnose.packed import ending

# Of these there is one root in a run, in whatever words tests die of it; assertions have many.
ONE_ROOT = {"resource_exhaustion", "environment", "test_isolation"}
END = 2_000  # characters of a text, in which the last frame stands
Ranks = Mapping[int, Sequence[Ranked]]


def line_up(
    runs: Sequence[Run], told: Sequence[Told], pages: Mapping[str, Page]
) -> list[tuple[Family, list[Sequence[Ranked]]]]:
    """Return the families, the largest first, each with what the words of its failures rank."""
    ranks = _ranks(told, pages)
    best = {id(ranked): decide(ranked) for ranked in {id(each): each for each in ranks}.values()}
    labels = [_label(found, best[id(ranks[n])], pages) for n, found in enumerate(told)]
    outcomes = _outcomes(runs, {found.result.key for found in told})
    groups = _joined(_grouped(runs, told, labels), pages)
    groups, joined = with_companions(groups, told, outcomes, pages)
    groups, wordless = with_wordless(groups, told)
    mute = joined | wordless
    groups = list(apart(groups, told, outcomes, runs))
    owners = _owners(told, groups)
    found = []
    for number, (label, members) in enumerate(groups):
        kept = [n for n in members if owners[told[n].result.key] == number]
        if kept:
            family = Family(
                tuple(runs),
                tuple(_with_own_words([told[n] for n in kept])),
                {key: outcomes[key] for key in (told[n].result.key for n in kept)},
                label,
            )
            asked = [n for n in kept if n not in mute] or kept
            found.append((family, [ranks[n] for n in asked]))
    return sorted(found, key=lambda each: -len(each[0].outcomes))


def _with_own_words(told: list[Told]) -> list[Told]:
    """See that one failure of a family, at least, is known by its own lines."""
    borrowed = all(each.borrowed for each in told)
    return [told[0].own(), *told[1:]] if borrowed else told


def _ranks(told: Sequence[Told], pages: Mapping[str, Page]) -> list[Sequence[Ranked]]:
    """Rank the causes of each failure; those read once are ranked once."""
    known: dict[tuple[int, int], Sequence[Ranked]] = {}
    ranks = []
    for found in told:
        mark = (id(found.hits), id(found.facts))
        if mark not in known:
            known[mark] = rank(found.hits, found.facts, pages)
        ranks.append(known[mark])
    return ranks


def _label(found: Told, best: Ranked, pages: Mapping[str, Page]) -> str:
    if any(failure.phase == "crash" for failure in found.result.failures):
        return "worker_killed" if best.cause not in ("crash", "oom_kill") else best.cause
    return best.cause if best.cause in pages else "unknown"


def _grouped(
    runs: Sequence[Run], told: Sequence[Told], labels: Sequence[str]
) -> list[tuple[str, list[int]]]:
    """Cluster failures within their runs, and join the clusters over the runs."""
    crashed = [n for n, found in enumerate(told) if labels[n] in ("worker_killed", "oom_kill")]
    others = [n for n in range(len(told)) if labels[n] not in ("worker_killed", "oom_kill")]
    walls = {n: run.wall_seconds for n, run in enumerate(runs) if run.wall_seconds}
    found = cluster([_failure(told[n], labels[n]) for n in others], walls=walls)
    groups = []
    for members in families(found):
        numbers = sorted(others[n] for member in members for n in found[member].failures)
        if numbers:
            groups.append((_usual(labels[n] for n in numbers), numbers))
    dead = sorted({labels[n] for n in crashed})
    return groups + [(label, [n for n in crashed if labels[n] == label]) for label in dead]


def _usual(labels: Iterable[str]) -> str:
    counts = Counter(labels)
    return min(counts, key=lambda label: (-counts[label], label))


def _failure(found: Told, label: str) -> Failure:
    result = found.result
    first = result.failures[0] if result.failures else None
    return Failure(
        run=found.run,
        test=result.key,
        exception=found.facts.exception or (first.exception if first else ""),
        message=first.message if first else "",
        frame=raised_in(ending(first, END)) if first else "",
        start=result.start,
        label="" if label == "unknown" else label,
    )


def _joined(
    groups: list[tuple[str, list[int]]], pages: Mapping[str, Page]
) -> list[tuple[str, list[int]]]:
    """Put groups of one cause together, where that cause has one root."""
    joined: dict[str, list[int]] = defaultdict(list)
    apart = []
    for label, numbers in groups:
        if label in pages and pages[label].verdict in ONE_ROOT:
            joined[label] += numbers
        else:
            apart.append((label, numbers))
    return [*((label, sorted(numbers)) for label, numbers in joined.items()), *apart]


def _owners(told: Sequence[Told], groups: Sequence[tuple[str, list[int]]]) -> dict[str, int]:
    """Give each test to the group in which it failed most often, and of those to the largest."""
    owners: dict[str, int] = {}
    torn: set[str] = set()  # between groups, as few tests are
    for number, (_, members) in enumerate(groups):
        for n in members:
            if owners.setdefault(key := told[n].result.key, number) != number:
                torn.add(key)
    votes: dict[str, Counter[int]] = {test: Counter() for test in torn}
    for number, (_, members) in enumerate(groups) if torn else ():
        for n in members:
            if (key := told[n].result.key) in torn:
                votes[key][number] += 1
    for test, count in votes.items():
        owners[test] = min(count, key=lambda g: (-count[g], -len(groups[g][1]), g))
    return owners


def _outcomes(runs: Sequence[Run], wanted: set[str]) -> dict[str, dict[int, str]]:
    """Find how the failed tests ended in every run; a run that only counts them passed them."""
    found: dict[str, dict[int, str]] = {key: {} for key in wanted}
    for number, run in enumerate(runs):
        for row in run.table.find(wanted).values() if len(runs) > 1 else ():
            found[row.key][number] = row.outcome
        for result in run.results:
            if (ends := found.get(result.key)) is not None:
                ends[number] = result.outcome
        if run.unnamed and run.complete:
            for outcomes in found.values():
                outcomes.setdefault(number, "passed")
    return found
