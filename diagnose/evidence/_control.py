"""The negative control: what passing tests show as well says less of why others failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import log10

from diagnose.clues import Control, Hit, Pattern
from diagnose.evidence._prefilter import Patterns
from diagnose.evidence._signature import find_in
from diagnose.family import Told
from diagnose.model import Run, TestResult

USUAL = 20.0  # decibans that a pattern is worth on the whole
WROTE = ("captured", "console", "warning")
# What was raised is another matter than what was logged: it loses half as much.
RAISED = 0.5


def controlled(runs: Sequence[Run], told: Sequence[Told]) -> list[Told]:
    """Mark the hits whose words stand in the output of passing tests, too."""
    asked = {hit.pattern.id: hit.pattern for each in told for hit in each.hits}
    passing = [each for run in runs for each in run.heard]
    found = _found(passing, asked.values()) if asked and passing else {}
    if not found:
        return list(told)
    marked: dict[int, tuple[Hit, ...]] = {}  # failures that say the same share their hits
    done = []
    for each in told:
        key = id(each.hits)
        if key not in marked:
            marked[key] = tuple(_marked(hit, found, len(passing)) for hit in each.hits)
        done.append(replace(each, hits=marked[key]))
    return done


def _found(
    passing: Iterable[TestResult], asked: Iterable[Pattern]
) -> Mapping[str, tuple[int, Hit]]:
    """Count the passing tests that show each pattern, and keep the first hit."""
    patterns = Patterns(pattern for pattern in asked if "captured" in pattern.places)
    found: dict[str, tuple[int, Hit]] = {}
    for test in passing:
        for name, hit in {hit.pattern.id: hit for hit in _hits(test, patterns)}.items():
            count, first = found.get(name, (0, hit))
            found[name] = count + 1, first
    return found


def _hits(test: TestResult, patterns: Patterns) -> Iterator[Hit]:
    for output in test.output:
        yield from find_in(output.text, "captured", output.source, patterns)


def _marked(hit: Hit, found: Mapping[str, tuple[int, Hit]], passing: int) -> Hit:
    """Let a hit say no more than how seldom passing tests show it."""
    if hit.pattern.id not in found:
        return hit
    count, first = found[hit.pattern.id]
    often = (count + 0.5) / (passing + 1)
    weight = min(max(-10 * log10(often) / USUAL, 0.0), 1.0)
    if hit.place not in WROTE:
        weight = 1 - (1 - weight) * RAISED
    return replace(hit, control=Control(count, passing, first.quote, first.source, weight))
