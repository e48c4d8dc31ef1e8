"""Find what the words of one failed test say of its cause, and in which place they say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from diagnose.clues import PLACES, Facts, Hit, Pattern, Place
from diagnose.evidence import _anatomy
from diagnose.evidence._facts import facts_of, tells_nothing
from diagnose.evidence._line import Line
from diagnose.evidence._prefilter import Patterns
from diagnose.evidence._wording import TYPOGRAPHY, WORDING
from diagnose.model import Captured, Failure, Source, TestResult

__all__ = ["Patterns", "facts", "find", "find_in", "read"]

_ALIKE = (TYPOGRAPHY, WORDING)
_AROUND = ("environment", "resource_exhaustion", "test_isolation")
_ERROR = re.compile(
    r"(?i)\b(?:\w*error|\w*exception|fail(?:ed|ure)|invalid|cannot|can.t|could ?n.t|could not"
    r"|unable|denied|refused|malformed|unexpected|truncated|expired)\b"
)
RANK = {place: rank for rank, place in enumerate(PLACES)}


def facts(test: TestResult) -> Facts:
    """Say what the form of the last failure's text tells."""
    failure = test.reasons
    if not failure:
        return Facts()
    return facts_of(failure[-1], _lines(failure[-1]), test)


def find(test: TestResult, patterns: Patterns) -> list[Hit]:
    """Find the patterns that a failed test's texts hold: at most one hit of each in each place."""
    return read(test, patterns)[0]


def read(test: TestResult, patterns: Patterns) -> tuple[list[Hit], Facts]:
    """Find the patterns and the facts together: each text is taken apart once."""
    failures = [(failure, _lines(failure)) for failure in test.reasons]
    known = facts_of(*failures[-1], test) if failures else Facts()
    vague = tells_nothing(known)
    kept: dict[tuple[str, Place], Hit] = {}
    for hit in _all(failures, test, patterns):
        explaining = vague and hit.place == "captured"
        kept.setdefault((hit.pattern.id, hit.place), replace(hit, explains=explaining))
    return sorted(kept.values(), key=lambda hit: (RANK[hit.place], hit.source.line)), known


def _all(
    failures: Iterable[tuple[Failure, list[Line]]], test: TestResult, patterns: Patterns
) -> Iterator[Hit]:
    for failure, lines in failures:
        yield from _search(lines, failure.source, patterns, failure.text)
    for output in test.output:
        lines = _numbered(_anatomy.captured(output.text), output)
        yield from _search(lines, output.source, patterns, output.text)


def find_in(text: str, place: Place, source: Source, patterns: Patterns) -> list[Hit]:
    """Find patterns in a text that has one place: a log of the service, the kernel, the console."""
    return list(_search(_anatomy.captured(text, place), source, patterns, text))


def _lines(failure: Failure) -> list[Line]:
    """Place the lines of a failure; its message is one more, where the text does not repeat it."""
    message = failure.message.strip()
    if not failure.text.strip():
        return [line._replace(number=0) for line in _anatomy.placed(message)]
    lines = _numbered(_anatomy.placed(failure.text), failure)
    first = message.partition("\n")[0].strip()
    if first and first not in failure.text:
        lines += [line._replace(number=0) for line in _anatomy.placed(first)]
    return lines


def _numbered(lines: list[Line], said: Failure | Captured) -> list[Line]:
    """Number lines as the file does, where a text is all in one line of it."""
    return [line._replace(number=0) for line in lines] if said.folded else lines


def _search(lines: list[Line], source: Source, patterns: Patterns, text: str) -> Iterator[Hit]:
    """Yield hits in the order of the lines."""
    fitting: dict[str, bool] = {}
    compared = [line.words for line in lines if " != " in line.words]
    alike = [words for words in compared if words.endswith(_ALIKE) or _errors(words)]
    said = [line.said if line.place else "" for line in lines]
    for number, candidates in patterns.candidates(said, [line.place for line in lines]):
        line = lines[number]
        for pattern in candidates:
            if match := pattern.search(said[number]):
                if any(_only_compared(pattern, words) for words in alike):
                    continue
                if pattern.id not in fitting:
                    fitting[pattern.id] = pattern.fits(text)
                if fitting[pattern.id]:
                    yield _hit(pattern, line, source, match)


def _errors(words: str) -> bool:
    """Say whether an error was expected, and an error came."""
    one, _, other = words.partition(" != ")
    return bool(_ERROR.search(one) and _ERROR.search(other))


def _only_compared(pattern: Pattern, words: str) -> bool:
    """Say whether it is found in what was compared: of that nothing happened to the run.

    Where both sides are nearly the same words, both must have it.
    """
    one, _, other = words.partition(" != ")
    if words.endswith(_ALIKE):
        return bool(pattern.search(one) and pattern.search(other))
    return pattern.verdict in _AROUND and bool(pattern.search(one) or pattern.search(other))


def _hit(pattern: Pattern, line: Line, source: Source, match: re.Match[str]) -> Hit:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    where = Source(source.path, source.line + line.number if source.line else 0)
    return Hit(pattern, line.place or "console", line.text, where, groups)
