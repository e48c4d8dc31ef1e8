"""The ledger of a verdict: what speaks for it and against, how strongly, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from diagnose.clues import Page, Place
from diagnose.diagnosis import Item, TestCase
from diagnose.family import Evidence, Family, Told, verbatim
from diagnose.judge.posterior import PATTERN, TEXT, Judgement
from diagnose.model import Run, TestResult
from diagnose.words import plural, says_nothing, some

SHOWN_QUOTES = 3
RANK = {"culprit": 0, "victim": 1, "bystander": 2}
LONGEST = 300
PLACES: Mapping[Place, str] = {
    "raised": "what was raised",
    "chain": "what led to the exception",
    "assertion": "the failed assertion",
    "traceback": "the traceback",
    "captured": "what the test wrote",
    "warning": "a warning",
    "console": "the console",
    "service": "the log of the service",
    "kernel": "the kernel log",
    "container": "the container's state",
}
SAID = {
    "prior": "what failures of such suites usually are",
    "bounds": "no more certainty is claimed than this",
    "no_witness": "nothing bears witness to a kill for memory",
    "no_shortage": "nothing says that anything ran out",
}
NO_WORDS = "the failures say nothing that is known"
SEEN = "assertion"  # its title says what everybody can see, and no reason for it
KILLED = "oom_kill"
WRAPPED = re.compile(r'\Afailed on (?:setup|teardown) with "(.*?)"?\Z', re.DOTALL)


def ledger(
    family: Family,
    judged: Judgement,
    found: Sequence[Evidence],
    cause: str,
    pages: Mapping[str, Page],
) -> tuple[Item, ...]:
    """Write down each contribution with its fact; the words of the failures come first."""
    facts = {each.kind: each for each in found}
    items: list[Item] = []
    for part in judged.contributions:
        if part.kind == TEXT:
            items += _quotes(family, judged, (cause, titled(cause, pages)), part.decibans)
            continue
        fact = facts.get(part.kind)
        weight = round(part.decibans, 2)
        items.append(
            _silent(part.kind, judged.verdict, judged.runner_up, weight)
            if fact is None and part.kind in SAID
            else Item(
                part.kind,
                fact.text if fact else _said(part.kind, family),
                judged.verdict,
                judged.runner_up,
                weight,
                verbatim(fact.quote) if fact else None,
                fact.source if fact else None,
            )
        )
    return tuple(items)


def _quotes(
    family: Family, judged: Judgement, named: tuple[str, str], decibans: float
) -> Iterator[Item]:
    """Quote what was found; the first quote carries the weight of all words."""
    cause, title = named
    seen: dict[str, Item] = {}
    read = family.read
    for told in read:
        for hit in told.hits:
            if hit.pattern.cause == cause and hit.pattern.id not in seen:
                text = f"by {PLACES[hit.place]}, {title} (pattern {hit.pattern.id})"
                seen[hit.pattern.id] = Item(TEXT, text, quote=hit.quote, source=hit.source)
    first = read[0]
    if not seen and first.facts.quote:
        seen[""] = Item(TEXT, "what was raised", quote=first.facts.quote, source=first.facts.source)
    if not seen:
        killed = all(f.phase == "crash" for told in family.told for f in told.result.failures)
        said = "a worker that died could not say why" if killed else NO_WORDS
        seen[""] = Item(TEXT, said)
    for number, item in enumerate(list(seen.values())[:SHOWN_QUOTES]):
        weight = round(decibans, 2) if number == 0 else 0.0
        sides = judged.verdict, judged.runner_up
        yield Item(item.kind, item.text, *sides, weight, verbatim(item.quote), item.source)


@lru_cache(maxsize=256)
def _silent(kind: str, verdict: str, runner_up: str, decibans: float) -> Item:
    """Say what needs no fact; thousands of incidents say it in the same words."""
    return Item(kind, SAID[kind], verdict, runner_up, decibans)


def _said(kind: str, family: Family) -> str:
    return comparison(family) if kind == PATTERN else kind.replace("_", " ")


def comparison(family: Family) -> str:
    """Say in which runs the family turned up, and in which it did not."""
    failed = family.bad_runs
    bad = [_with_workers(family.runs[n]) for n in sorted(failed)]
    good = [_with_workers(family.runs[n]) for n in sorted(family.ran - failed)]
    return f"fails in {some(bad, 6)}" + (f"; passes in {some(good, 6)}" if good else "")


def _with_workers(run: Run) -> str:
    if run.workers > 1:
        return f"{run.label} ({run.workers} workers)"
    return f"{run.label} (serial, in random order)" if run.shuffled else _named(run)


def _named(run: Run) -> str:
    return run.label if "serial" in run.label.lower() else f"{run.label} (serial)"


def headline(family: Family, cause: str, pages: Mapping[str, Page], wording: str) -> str:
    """Say what happened, as one would say it to a manager, and no surer than the verdict."""
    tests = plural(len(family.outcomes), "test")
    said = _words(family, cause)
    when = _when(family)
    guessed = wording == "undetermined" and cause in pages and cause != SEEN
    doubt = "perhaps " if guessed else ""
    return f"{tests} failed{when}: {doubt}{titled(cause, pages)}" + (f" ({said})" if said else "")


def titled(cause: str, pages: Mapping[str, Page]) -> str:
    """Say what a cause is, as the rest of a sentence."""
    title = pages[cause].title if cause in pages else "nobody knows why yet"
    return title[0].lower() + title[1:]


def _when(family: Family) -> str:
    failed = family.bad_runs
    ran = family.ran
    passed = ran - failed
    serial = {n for n in ran if family.runs[n].workers == 1}
    if not passed or not serial or len(serial) == len(ran):
        return ""
    if failed.isdisjoint(serial):
        return " in parallel only"
    return " serially only" if failed <= serial else ""


def _words(family: Family, cause: str) -> str:
    """Take the words of a failure that names the cause, or else of the first that says a thing."""
    telling = (t for t in family.read if any(hit.pattern.cause == cause for hit in t.hits))
    for told in chain(telling, family.told):
        for failure in told.result.failures:
            if failure.phase == "crash":
                continue  # it names a test, and not a reason
            said = failure.message.strip()
            wrapped = WRAPPED.match(said)
            line = (wrapped[1] if wrapped else said).partition("\n")[0]
            name = failure.exception
            if says_nothing(line) and says_nothing(name):
                line, name = _quoted(told, cause) or line, ""
            known = not name or name.rpartition(".")[2] in line
            if line or name:
                return (line if known else f"{name}: {line}".rstrip(": "))[:LONGEST]
    return ""


def _quoted(told: Told, cause: str) -> str:
    """Return the line by which a failure's cause was known, of a report that names none."""
    quotes = (hit.quote.strip() for hit in told.hits if hit.pattern.cause == cause)
    return next(filter(None, quotes), "")


def missing(family: Family, judged: Judgement, cause: str) -> tuple[str, ...]:
    """Name what was not collected and would firm the verdict up."""
    said = []
    runs = family.runs
    if min(run.workers for run in runs) > 1:
        said.append("a serial run would tell whether it depends on parallelism")
    logged = any(found.kind == "kernel" for run in runs for found in run.inputs)
    doubted = judged.confidence < judged_enough(judged)
    if (family.died or (cause == KILLED and doubted)) and not logged:
        said.append("a kernel log (dmesg) would confirm or rule out a kill for memory")
    if doubted and not _service_logged(runs):
        said.append("a log of the service under test, if there is one, would show its own errors")
    return tuple(said)


def judged_enough(judged: Judgement) -> float:
    """Return the confidence beyond which nothing is missing that matters."""
    return 0.9 if judged.verdict == "service_fault" else 0.7


def _service_logged(runs: Sequence[Run]) -> bool:
    return any(found.kind == "service_log" for run in runs for found in run.inputs)


def roles_of(found: Iterable[Evidence]) -> dict[str, str]:
    """Collect who is no mere victim; who brought one thing about is no bystander of another."""
    roles: dict[str, str] = {}
    for each in found:
        if each.present:
            guilty = {key for key, role in roles.items() if role == "culprit"}
            roles |= {key: role for key, role in each.roles.items() if key not in guilty}
    return roles


def test_cases(family: Family, roles: Mapping[str, str]) -> tuple[TestCase, ...]:
    """List the tests, culprits first, with how each ended in every run."""
    first: dict[str, TestResult] = {}
    for told in family.told:
        first.setdefault(told.result.key, told.result)
    known: dict[tuple[tuple[int, str], ...], dict[str, str]] = {}  # most end alike

    def outcomes(key: str) -> dict[str, str]:
        ends = tuple(sorted(family.outcomes[key].items()))
        if ends not in known:
            known[ends] = {family.runs[run].label: outcome for run, outcome in ends}
        return known[ends]

    keys = sorted(first, key=lambda key: RANK[roles.get(key, "victim")]) if roles else first
    return tuple(
        TestCase(
            (result := first[key]).id or key,
            result.classname,
            result.name,
            result.file,
            roles.get(key, "victim"),
            outcomes(key),
        )
        for key in keys
    )
