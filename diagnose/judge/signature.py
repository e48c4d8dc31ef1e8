"""Weigh what the words of one failed test say, before any comparison of runs is asked."""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from diagnose.clues import Facts, Hit, Page, compiled

NATS = 10 / math.log(10)  # decibans in a factor of e


class Ranked(NamedTuple):
    """A verdict and cause, the decibans for it against all others, and the belief that is left."""

    verdict: str
    cause: str
    decibans: float
    belief: float


class Contribution(NamedTuple):
    """What one hit or one fact adds to one cause; the line tells which of them say the same."""

    verdict: str
    cause: str
    decibans: float
    line: int
    because: str


@cache
def tables() -> Mapping[str, Any]:
    """Read the weights of this section."""
    path = Path(__file__).with_name("tables.toml")
    section: Mapping[str, Any] = tomllib.loads(path.read_text("utf-8"))["signature"]
    return section


def rank(hits: Sequence[Hit], facts: Facts, pages: Mapping[str, Page]) -> list[Ranked]:
    """Order the causes by what the texts say, the likeliest first; `unknown` is one of them."""
    scores = _with_rivals(_scores(contributions(hits, facts, pages)), pages)
    for page in pages.values():
        scores.setdefault((page.verdict, page.cause), 0.0)
    scores["inconclusive", "unknown"] = tables()["unknown"]
    total = math.fsum(10 ** (score / 10) for score in scores.values())
    ranked = [_ranked(key, score, total) for key, score in scores.items()]
    ranked.sort(key=lambda row: (-row.belief, row.cause, row.verdict))
    return ranked


def decide(ranked: Sequence[Ranked]) -> Ranked:
    """Name the verdict and cause to report, with the belief in the verdict; or say that none is."""
    best = next((row for row in ranked if row.cause != "unknown"), None)
    if best is None or best.belief < tables()["guess"]:
        unknown = next((row.belief for row in ranked if row.cause == "unknown"), 0.0)
        return Ranked("inconclusive", "unknown", 0.0, unknown)
    belief = math.fsum(row.belief for row in ranked if row.verdict == best.verdict)
    return best._replace(belief=min(belief, tables()["ceiling"]))


def contributions(
    hits: Sequence[Hit], facts: Facts, pages: Mapping[str, Page]
) -> list[Contribution]:
    """List what each hit and each fact adds, and why."""
    known = any(hit.place in ("raised", "chain", "assertion") for hit in hits)
    beside = bool(facts.exception) and not known
    silent = facts.nothing == "missing" and not _answered(hits, facts)
    teller = "" if silent else _teller(hits)
    outdone = _outdone(hits)
    found = [
        Contribution(
            hit.pattern.verdict,
            hit.pattern.cause,
            _worth(hit, beside, silent)
            * _echo(hit.pattern.cause, teller)
            * outdone.get(hit.pattern.id, 1),
            hit.source.line,
            hit.pattern.id,
        )
        for hit in hits
    ]
    for rule in tables()["rule"]:
        if rule["cause"] in pages and _fits(rule, facts):
            verdict = rule.get("verdict", pages[rule["cause"]].verdict)
            worth = rule["decibans"] * _echo(rule["cause"], teller)
            found.append(Contribution(verdict, rule["cause"], worth, -1, rule["id"]))
    return [one for one in found if one.decibans]


def _answered(hits: Sequence[Hit], facts: Facts) -> bool:
    """Say whether the failure itself tells of an answer of the service."""
    return facts.actual_status >= 500 or any(hit.pattern.cause == "http_5xx" for hit in hits)


def _teller(hits: Sequence[Hit]) -> str:
    """Say which log tells why an error was passed on: the service's, or one that decides."""
    if any(hit.place == "service" for hit in hits):
        return "service"
    explained = any(
        hit.pattern.strength == "decisive"
        and hit.pattern.verdict != "service_fault"
        and (hit.explains or hit.place == "console")
        for hit in hits
    )
    return "log" if explained else ""


def _echo(cause: str, teller: str) -> float:
    """Return what is left of a cause that only passes on what a log tells."""
    share: float = tables()["echoes"].get(cause, {}).get(teller, 1.0)
    return share


def _outdone(hits: Iterable[Hit]) -> Mapping[str, float]:
    """Return what is left of words that are said of any difference, where the sides tell which."""
    table = tables()["outdone"]
    if any(hit.pattern.id in table["by"] for hit in hits):
        return dict.fromkeys(table["patterns"], table["share"])
    return {}


def likelihoods(hit: Hit, verdicts: Iterable[str]) -> dict[str, float]:
    """Return a row of ln P(e|v) for one hit, up to a constant, for a posterior over verdicts."""
    worth = _worth(hit, beside=False) / NATS
    return {verdict: worth if verdict == hit.pattern.verdict else 0.0 for verdict in verdicts}


def _worth(hit: Hit, beside: bool, silent: bool = False) -> float:
    share: float = tables()["place"][hit.place]
    if hit.explains:
        share = tables()["place"]["explains"]
    elif hit.place in ("captured", "service") and silent:
        share = tables()["place"]["missing"]
    elif hit.place == "console" and beside:
        share = tables()["place"]["beside"]
    strength: float = tables()["strength"][hit.pattern.strength]
    return strength * share * (hit.control.weight if hit.control else 1.0)


def _scores(found: Iterable[Contribution]) -> dict[tuple[str, str], float]:
    """Add up by cause: the strongest counts whole, more lines count less, the same line once."""
    lines: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for one in found:
        best = lines[one.verdict, one.cause]
        best[one.line] = max(best.get(one.line, 0.0), one.decibans)
    return {key: _sum(key[1], best.values()) for key, best in lines.items()}


def _sum(cause: str, worths: Iterable[float]) -> float:
    weights: tuple[float, ...] = (1.0, tables()["second"], tables()["third"])
    if cause in tables()["once"]:
        weights = weights[:1]
    ordered = sorted(worths, reverse=True)
    return math.fsum(one * worth for one, worth in zip(weights, ordered, strict=False))


def _with_rivals(
    scores: Mapping[tuple[str, str], float], pages: Mapping[str, Page]
) -> dict[tuple[str, str], float]:
    """Give to each cause what is said of another that no text can tell from it."""
    widened = dict(scores)
    for (_, cause), score in scores.items():
        for other, less in tables()["rivals"].get(cause, {}).items():
            if other in pages:
                key = (pages[other].verdict, other)
                widened[key] = max(widened.get(key, 0.0), score - less)
    return widened


def _ranked(key: tuple[str, str], score: float, total: float) -> Ranked:
    mine = 10 ** (score / 10)
    odds = mine / max(total - mine, 1e-12)
    return Ranked(*key, round(10 * math.log10(odds), 2), mine / total)


def _fits(rule: Mapping[str, Any], facts: Facts) -> bool:
    """Say whether all conditions of a rule hold."""
    name = facts.exception.replace("::", ".").rpartition(".")[2]
    wanted = rule.get("exception", [name])
    return (
        bool(facts.line or facts.phase)
        and (name in wanted or (wanted == ["*"] and bool(name)))
        and facts.raised_by in rule.get("raised_by", [facts.raised_by])
        and facts.ours in rule.get("ours", [facts.ours])
        and facts.phase in rule.get("phase", [facts.phase])
        and facts.assertion is rule.get("assertion", facts.assertion)
        and facts.own_module is rule.get("own_module", facts.own_module)
        and facts.of_reply is rule.get("of_reply", facts.of_reply)
        and facts.called_back is rule.get("called_back", facts.called_back)
        and facts.lacking == rule.get("lacking", facts.lacking)
        and _within(facts.actual_status, rule.get("status"))
        and _within(facts.expected_status, rule.get("wanted"))
        and ("says" not in rule or bool(compiled(rule["says"]).search(facts.line)))
    )


def _within(status: int, bounds: Sequence[int] | None) -> bool:
    return bounds is None or bounds[0] <= status <= bounds[1]
