"""The judge: failures become incidents, and evidence becomes a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from diagnose.clues import Page
from diagnose.diagnosis import Incident, Parallelism
from diagnose.family import Evidence, Family, Told
from diagnose.judge.lineup import line_up
from diagnose.judge.trend import Count, state
from diagnose.judge.verdict import compare, dose_of, pronounce
from diagnose.model import Run

Gather = Callable[[Family], Iterable[Evidence]]


def incidents(
    runs: Sequence[Run], told: Sequence[Told], pages: Mapping[str, Page], gather: Gather
) -> tuple[Incident, ...]:
    """Judge every failure of the runs, the largest incident first."""
    families = line_up(runs, told, pages)
    compared = compare([family for family, _ in families])
    judged = [
        pronounce(family, ranks, list(gather(family)), logs, pages)
        for (family, ranks), logs in zip(families, compared, strict=True)
    ]
    return tuple(_numbered(judged))


def _numbered(judged: Iterable[Incident]) -> Iterable[Incident]:
    seen: Counter[str] = Counter()
    for incident in judged:
        seen[incident.cause] += 1
        yield replace(incident, id=f"{incident.cause}-{seen[incident.cause]}")


def parallelism(runs: Sequence[Run], told: Sequence[Told]) -> Parallelism:
    """Say what the runs allow to say of failures and parallelism."""
    failed = [{each.result.key for each in told if each.run == n} for n in range(len(runs))]
    seen = [(run, keys) for run, keys in zip(runs, failed, strict=True) if keys or _whole(run)]
    always = set.intersection(*(keys for _, keys in seen)) if seen else set()
    counts = [Count(run.workers, dose_of(run), len(keys)) for run, keys in seen]
    said = state(counts, len(always))
    return Parallelism(
        said.relation,
        said.statement,
        _rounded(said.rate_ratio),
        said.interval and (round(said.interval[0], 2), round(said.interval[1], 2)),
        _rounded(said.p_value, 4),
        _rounded(said.bayes_factor),
        said.design,
    )


def _whole(run: Run) -> bool:
    """Say whether a run without a failure may be called clean: not if it broke off."""
    return not any(gap.kind in ("truncated", "never_finished", "lost") for gap in run.gaps)


def _rounded(value: float | None, digits: int = 2) -> float | None:
    return None if value is None else round(value, digits)
