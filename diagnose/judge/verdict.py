"""The verdict on a family: items weighed, a cause chosen, and what would settle the rest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from diagnose.clues import Page
from diagnose.diagnosis import Alternative, Incident, NextRun
from diagnose.family import Evidence, Family
from diagnose.judge.beliefs import OOM, Words, witnessed
from diagnose.judge.doses import dose
from diagnose.judge.ledger import headline, ledger, missing, roles_of, test_cases
from diagnose.judge.marginals import Kind, Logs
from diagnose.judge.next_run import Situation, propose
from diagnose.judge.patterns import Trial, evidence, is_blocked, pattern
from diagnose.judge.pooling import pool
from diagnose.judge.posterior import (
    Item,
    Judgement,
    item,
    judge,
    linked,
    pattern_item,
)
from diagnose.judge.reunion import FALLBACK
from diagnose.judge.tables import tables
from diagnose.model import Run

EXAMPLES = 200  # of a family whose words are asked; the rest say the same
# Where runs decide and words do not: what such a failure usually is.
USUAL = {
    "resource_exhaustion": "cpu_starvation",
    "service_fault": "assertion",
    "test_isolation": "shared_state",
    "environment": "unknown",
    "test_defect": "bad_test_code",
}
NOT_BY_LOAD = {"http_pool", "db_connections", "port_conflict", "ephemeral_ports"}
# Evidence of a shortage beside the words; that everything is slow is none by itself.
TRACES = (
    *(OOM, "results_missing", "round_timeout", "kernel_trouble", "leaks", "late", "rejected"),
    "runner_short",
)
LEFT_BEHIND = ("foreign_value", "company")  # evidence that tests got what others had left
UNSURE = 0.5
ANY = "any"  # verdict
SHORTAGE = "resource_exhaustion"
NAMED = 20  # values of a detail that are kept


def trials_of(family: Family) -> list[Trial]:
    """Say of each run whether the family turned up; where none of its tests ran, nothing."""
    ran, failed = family.ran, family.bad_runs
    return [
        Trial(
            dose_of(run),
            number in failed if number in ran | failed else None,
            kind_of(run),
            run.wall_seconds or 0.0,
        )
        for number, run in enumerate(family.runs)
    ]


def kind_of(run: Run) -> Kind:
    """Say how tests met in a run: one after another, in whatever order, or side by side."""
    if run.workers > 1:
        return "parallel"
    return "random_order" if run.shuffled else "serial"


def dose_of(run: Run) -> float:
    """Return how parallel a run was."""
    wall = run.wall_seconds
    busy = run.effective_parallelism * wall if run.effective_parallelism and wall else None
    return dose(run.workers, busy, wall)


def compare(families: Sequence[Family]) -> list[Logs | None]:
    """Weigh in which runs each family turned up, each tempered by what the others are."""
    if families and len(families[0].runs) == 1:
        return [None] * len(families)
    trials = [trials_of(family) for family in families]
    said = [
        evidence(pattern(each), blocked=_blocked(family))
        for each, family in zip(trials, families, strict=True)
    ]
    pooled = [share.logs for share in pool(said)]
    return [
        logs if sum(trial.failed is not None for trial in each) > 1 else None
        for logs, each in zip(pooled, trials, strict=True)
    ]


def _blocked(family: Family) -> bool:
    order = sorted((run.started, run.workers > 1) for run in family.runs if run.started)
    return len(order) == len(family.runs) and is_blocked([each for _, each in order])


def pronounce(
    family: Family,
    words: Words,
    found: Sequence[Evidence],
    logs: Logs | None,
    pages: Mapping[str, Page],
) -> Incident:
    """Weigh all that is known of a family, and say what it is."""
    words = words.beside(found)
    causes = words.causes
    others = [words.item, *_items(found), *_lacking(family, found, words)]
    if any(each.kind.startswith(LEFT_BEHIND) for each in found):
        causes = {**causes, "test_isolation": "foreign_value"}  # has a mix of its own in the tables
    items = [*others, *([pattern_item(logs, causes)] if logs else [])]
    items += [words.lean] if words.heard else []
    witnesses = _witnessed(found, pages)
    judged = _judged(items, words, short_of=_names_a_shortage(words, family, witnesses))
    verdict, cause = _named(judged, words, family, witnesses)
    wording = judged.wording if verdict != "inconclusive" else "undetermined"
    return Incident(
        id=cause,
        headline=headline(family, cause, pages, wording),
        tests=test_cases(family, roles_of(found)),
        verdict=verdict,  # type: ignore[arg-type]  # the tables' verdicts are the model's
        cause=cause,
        confidence=round(judged.confidence, 4),
        wording=wording,
        posterior=judged.shown,
        alternatives=tuple(
            Alternative(other, words.causes[other] or USUAL[other], round(share, 4))
            for other, share in judged.alternatives
        ),
        ledger=ledger(family, judged, found, cause, pages),
        missing=missing(family, judged, cause),
        next_run=_next(family, others, cause, wording),
        details=_details(family, cause),
        remedy=pages[cause].remedy if cause in pages else "",
        linked=round(linked(logs, causes, judged.posterior), 4) if logs else None,
    )


def _details(family: Family, cause: str) -> dict[str, tuple[str, ...]]:
    """Collect what the patterns of the cause named in the failures."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for told in family.read[:EXAMPLES]:
        for hit in told.hits:
            if hit.pattern.cause == cause:
                for name, value in hit.groups.items():
                    counts[name][value] += bool(value)
    return {
        name: tuple(value for value, number in count.most_common(NAMED) if number)
        for name, count in sorted(counts.items())
    }


def _items(found: Sequence[Evidence]) -> list[Item]:
    return [item(each.kind, present=each.present, weight=each.weight) for each in found]


def _lacking(family: Family, found: Sequence[Evidence], words: Words) -> list[Item]:
    """Take what is not there as evidence, where it would have been seen."""
    lacks = []
    if family.died and not witnessed(found):
        lacks.append(item("no_witness"))  # a dead worker is not memory's where nothing says so
    told = any(each.facts.exception or each.facts.assertion for each in family.read)
    traced = words.patterned["resource_exhaustion"] or any(
        each.present and each.kind.startswith(TRACES) for each in found
    )
    if told and not traced:
        lacks.append(item("no_shortage"))  # a shortage leaves a trace: words, or what stands beside
    return lacks


def _witnessed(found: Sequence[Evidence], pages: Mapping[str, Page]) -> dict[str, str]:
    """Name the causes that something other than the failures' words bears witness to.

    A kill for memory is one whoever is to blame for it; other causes go with their usual verdict.
    """
    causes: dict[str, str] = {}
    for each in found:
        if each.present and each.kind.startswith(OOM):
            causes[ANY] = "oom_kill"
        elif each.present and each.cause in pages:
            causes.setdefault(pages[each.cause].verdict, each.cause)
    return causes


def _named(
    judged: Judgement,
    words: Words,
    family: Family,
    witnessed: Mapping[str, str],
) -> tuple[str, str]:
    """Choose the cause within the verdict; where neither words nor runs decide, say so."""
    for verdict in (ANY, judged.verdict):
        if verdict in witnessed:
            return judged.verdict, witnessed[verdict]
    cause = words.causes[judged.verdict]
    if family.cause == "worker_killed" and cause in ("", "crash"):
        return judged.verdict, family.cause  # a kill, whoever sent it; nothing tells of a crash
    if cause:
        return judged.verdict, cause
    if family.cause in ("worker_killed", "crash") or judged.confidence >= UNSURE:
        usual = family.cause if family.cause in ("worker_killed", "crash") else ""
        return judged.verdict, usual or USUAL[judged.verdict]
    return "inconclusive", "unknown"


def _judged(items: Sequence[Item], words: Words, *, short_of: bool) -> Judgement:
    """Weigh the items; a shortage of which nothing tells what was short is no sure one.

    That it takes others beside it, and that those are slower then, is so of a race as well.
    """
    judged = judge(items, ceiling=words.surest)
    if judged.verdict != SHORTAGE or short_of:
        return judged
    return judge(items, ceiling=tables().lean.surest)


def _names_a_shortage(words: Words, family: Family, witnessed: Mapping[str, str]) -> bool:
    """Say whether anything tells what was short; who waited in vain may wait for what was lost."""
    named = words.causes[SHORTAGE]
    told = bool(named) and (named not in FALLBACK or _is_said(family, named))
    return told or not witnessed.keys().isdisjoint((ANY, SHORTAGE)) or bool(family.died)


def _is_said(family: Family, cause: str) -> bool:
    hits = (hit.pattern for each in family.read for hit in each.hits)
    return any(each.cause == cause and each.strength == "decisive" for each in hits)


def _next(family: Family, others: Sequence[Item], cause: str, wording: str) -> NextRun | None:
    most = max(family.runs, key=lambda run: run.workers)
    if most.workers == 1 and wording == "verdict":
        return None  # nobody asked what parallelism does
    names = dict.fromkeys(told.result.id or told.result.key for told in family.told)
    proposal = propose(
        Situation(
            trials=trials_of(family),
            others=judge(others).posterior,
            workers=most.workers,
            top_dose=dose_of(most),
            reproducible=cause not in NOT_BY_LOAD,
            tests=list(names)[:20],
        )
    )
    return NextRun(proposal.command, proposal.why, proposal.repeats) if proposal else None
