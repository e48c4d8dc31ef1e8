"""Refits the weights of words on the train half: `python -m lab.refit`, then read the diff.

Each weight of [signature] is moved, one after the other, to where the texts' verdicts and causes
become likelier, but not far from where it was: a few hundred texts must not overturn the rest.
"""

from __future__ import annotations

import argparse
import copy
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import fsum, log
from pathlib import Path
from typing import Any
from unittest.mock import patch

from diagnose.causes import catalogue
from diagnose.clues import Facts, Hit, Page
from diagnose.evidence._signature import Patterns, read
from diagnose.judge import signature
from diagnose.model import Failure, Source, TestResult
from lab.corpus import Text, texts

TABLES = Path(signature.__file__).with_name("tables.toml")
STEPS = (0.7, 0.85, 0.93, 1.07, 1.15, 1.4)
STIFF = 3.0  # what a weight that was doubled or halved costs, in nats
LEAST = 1e-6
GROUPS = ("strength", "place")
SINGLE = ("unknown", "second", "third")
Weights = dict[str, Any]
Place = tuple[str, str]  # the table, and the key in it
Known = tuple[Text, Sequence[Hit], Facts]


def main() -> int:
    """Find better weights, and write them into the table if asked to."""
    parser = argparse.ArgumentParser(prog="python -m lab.refit", description=__doc__)
    parser.add_argument("--rounds", type=int, default=2, help="how often all weights are tried")
    parser.add_argument("--write", action="store_true", help="write them into the table")
    options = parser.parse_args()
    pages = catalogue()
    known = list(_known(pages))
    start = copy.deepcopy(dict(signature.tables()))
    best = fitted(start, lambda weights: loss(weights, known, pages), options.rounds)
    for name, before, after in _changes(start, best):
        print(f"{'.'.join(name):32} {before:8.3f} -> {after:8.3f}")
    print(f"loss {loss(start, known, pages):.2f} -> {loss(best, known, pages):.2f}")
    if options.write:
        TABLES.write_text(written(TABLES.read_text("utf-8"), start, best), "utf-8", newline="\n")
    return 0


def _known(pages: Mapping[str, Page]) -> Iterator[Known]:
    """Read the train half once: the words do not change with the weights."""
    patterns = Patterns(pattern for page in pages.values() for pattern in page.patterns)
    for text in texts("train"):
        if text.identifiable:
            failure = Failure("failed", "", Source("text", 1), text.text)
            where = Source("text", 1)
            test = TestResult("tests.test_case", "test", "failed", where, failures=(failure,))
            yield text, *read(test, patterns)


def loss(weights: Weights, known: Sequence[Known], pages: Mapping[str, Page]) -> float:
    """Return how surprising the conclusions are, in nats a text: verdict and cause by halves."""
    with patch.object(signature, "tables", lambda: weights):
        return fsum(_surprise(*each, pages) for each in known) / len(known)


def _surprise(text: Text, hits: Sequence[Hit], facts: Facts, pages: Mapping[str, Page]) -> float:
    ranked = signature.rank(hits, facts, pages)
    verdict = fsum(row.belief for row in ranked if row.verdict == text.verdict)
    cause = fsum(row.belief for row in ranked if row.cause == text.cause)
    return -(log(max(verdict, LEAST)) + log(max(cause, LEAST))) / 2


def fitted(start: Weights, cost: Callable[[Weights], float], rounds: int) -> Weights:
    """Move one weight at a time, as long as that makes the sum of loss and stiffness smaller."""
    best = copy.deepcopy(start)
    lowest = cost(best)
    for _ in range(rounds):
        for place in _places(start):
            for step in STEPS:
                tried = copy.deepcopy(best)
                _set(tried, place, _get(best, place) * step)
                now = cost(tried) + _stiffness(start, tried)
                if now < lowest - 1e-6:
                    best, lowest = tried, now
    return best


def _stiffness(start: Weights, tried: Weights) -> float:
    moved = (log(_get(tried, place) / _get(start, place)) for place in _places(start))
    return STIFF * fsum(each**2 for each in moved) / 100


def _places(weights: Weights) -> list[Place]:
    """Name the weights that may be moved: those that are above nothing."""
    named = [(group, name) for group in GROUPS for name in weights[group]]
    rules = [("rule", rule["id"]) for rule in weights["rule"]]
    single = [("", name) for name in SINGLE]
    return [place for place in (*named, *rules, *single) if _get(weights, place) > 0]


def _row(weights: Weights, place: Place) -> tuple[dict[str, Any], str]:
    """Find the table and the key of a weight."""
    group, name = place
    if group == "rule":
        return next(rule for rule in weights["rule"] if rule["id"] == name), "decibans"
    return (weights[group] if group else weights), name


def _get(weights: Weights, place: Place) -> float:
    row, key = _row(weights, place)
    return float(row[key])


def _set(weights: Weights, place: Place, value: float) -> None:
    row, key = _row(weights, place)
    row[key] = round(value, 3)


def _changes(start: Weights, best: Weights) -> Iterator[tuple[Place, float, float]]:
    for place in _places(start):
        if _get(start, place) != _get(best, place):
            yield place, _get(start, place), _get(best, place)


def written(text: str, start: Weights, best: Weights) -> str:
    """Change the numbers in the table's text, and nothing else of it."""
    for (group, name), _, after in _changes(start, best):
        heading = f"[signature.{group}]" if group else "[signature]"
        begins, key = (f'id = "{name}"', "decibans") if group == "rule" else (heading, name)
        line = re.compile(rf"({re.escape(begins)}\n(?:(?!\[).*\n)*?{re.escape(key)} *= *)[-\d.]+")
        text, count = line.subn(rf"\g<1>{after:g}", text, count=1)
        if not count:
            raise LookupError(f"{group}.{name}")
    return text


if __name__ == "__main__":
    sys.exit(main())
