"""Find what the words of one failed test say of its cause, and in which place they say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from diagnose.clues import PLACES, Facts, Hit, Pattern, Place
from diagnose.evidence import _anatomy
from diagnose.evidence._anatomy import Line
from diagnose.evidence._facts import facts_of, tells_nothing
from diagnose.model import Captured, Failure, Source, TestResult

RANK = {place: rank for rank, place in enumerate(PLACES)}


def facts(test: TestResult) -> Facts:
    """Say what the form of the last failure's text tells."""
    failure = _failures(test)
    if not failure:
        return Facts()
    return facts_of(failure[-1], _lines(failure[-1]), test)


def find(test: TestResult, patterns: Sequence[Pattern]) -> list[Hit]:
    """Find the patterns that a failed test's texts hold: at most one hit of each in each place."""
    kept: dict[tuple[str, Place], Hit] = {}
    vague = tells_nothing(facts(test))
    for failure in _failures(test):
        for hit in _search(_lines(failure), failure.source, patterns, failure.text):
            kept.setdefault((hit.pattern.id, hit.place), hit)
    for output in _outputs(test):
        for hit in _search(_anatomy.captured(output.text), output.source, patterns, output.text):
            explaining = Hit(hit.pattern, hit.place, hit.quote, hit.source, hit.groups, vague)
            kept.setdefault((hit.pattern.id, hit.place), explaining)
    return sorted(kept.values(), key=lambda hit: (RANK[hit.place], hit.source.line))


def find_in(text: str, place: Place, source: Source, patterns: Sequence[Pattern]) -> list[Hit]:
    """Find patterns in a text that has one place: a log of the service, the kernel, the console."""
    return list(_search(_anatomy.captured(text, place), source, patterns, text))


def _failures(test: TestResult) -> tuple[Failure, ...]:
    """Return what made it fail: of a test that was tried again, the last try that failed."""
    if test.failures:
        return test.failures
    tries = [attempt.failures for attempt in test.attempts if attempt.failures]
    return tries[-1] if tries else ()


def _outputs(test: TestResult) -> Iterable[Captured]:
    return test.output


def _lines(failure: Failure) -> list[Line]:
    """Place the lines of a failure; its message is one more, where the text does not repeat it."""
    message = failure.message.strip()
    if not failure.text.strip():
        return _anatomy.placed(message)
    lines = _anatomy.placed(failure.text)
    first = message.partition("\n")[0].strip()
    if first and first not in failure.text:
        lines += [line._replace(number=0) for line in _anatomy.placed(first)]
    return lines


def _search(
    lines: list[Line], source: Source, patterns: Sequence[Pattern], text: str
) -> Iterator[Hit]:
    """Yield hits in the order of the lines, of the patterns whose literal occurs at all."""
    folded = [line.said.lower() if line.place else "" for line in lines]
    whole = "\n".join(folded)
    alive = [
        pattern
        for pattern in patterns
        if _may(pattern, whole) and pattern.fits(text)
    ]
    for line, low in zip(lines, folded, strict=True):
        for pattern in alive if low else ():
            if line.place in pattern.places and _may(pattern, low):
                match = pattern.search(line.said)
                if match:
                    yield _hit(pattern, line, source, match)


def _may(pattern: Pattern, folded: str) -> bool:
    """Say whether the pattern can match at all: a plain search is ten times as quick as a regex."""
    return not pattern.literals or any(word in folded for word in pattern.literals)


def _hit(pattern: Pattern, line: Line, source: Source, match: re.Match[str]) -> Hit:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    where = Source(source.path, source.line + line.number if source.line else 0)
    assert line.place is not None
    return Hit(pattern, line.place, line.text, where, groups)
