"""A first grouping: failures that say the same thing, numbers and names aside, are one incident."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from diagnose.model import Failure, Incident, Item, Run, TestCase, TestResult
from diagnose.words import plural

MASKS = (
    (re.compile(r"0x[0-9a-fA-F]+|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "<id>"),
    (re.compile(r"(['\"]).*?\1"), "<text>"),
    (re.compile(r"(?:/[\w.@+-]+){2,}/?"), "<path>"),
    (re.compile(r"\b[0-9a-fA-F]{12,}\b"), "<id>"),
    (re.compile(r"\d+(?:\.\d+)?"), "<n>"),
)
LONGEST = 300


def mask(message: str) -> str:
    """Replace what differs from one failure of a kind to the next."""
    for pattern, word in MASKS:
        message = pattern.sub(word, message)
    return message


def group(runs: Sequence[Run]) -> tuple[Incident, ...]:
    """Put every failed test into one incident, the largest first."""
    failed: dict[str, TestResult] = {}
    for run in runs:
        for result in run.results:
            if result.failed:
                failed.setdefault(_identity(result, failed), result)
    kinds: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, result in failed.items():
        kinds[_kind(result)].append(key)
    outcomes = _outcomes(runs, failed)
    ordered = sorted(kinds.values(), key=len, reverse=True)
    return tuple(
        _incident(number, [failed[key] for key in keys], outcomes)
        for number, keys in enumerate(ordered, start=1)
    )


def _identity(result: TestResult, known: dict[str, TestResult]) -> str:
    """Name a test; the second of two that one file calls the same is another test."""
    key = result.key
    if key in known and known[key].source.path == result.source.path:
        return f"{key}\0{result.source.line}"
    return key


def _kind(result: TestResult) -> tuple[str, str]:
    if not result.failures:
        return ("", "")
    first = result.failures[0]
    line = first.message.strip().partition("\n")[0][:LONGEST]
    return (first.exception, mask(line))


def _outcomes(runs: Sequence[Run], failed: dict[str, TestResult]) -> dict[str, dict[str, str]]:
    """Find how each failed test ended in every run; where it did not run, there is nothing."""
    found: dict[str, dict[str, str]] = {key: {} for key in failed}
    for run in runs:
        if len(runs) > 1:
            for row in run.table:
                if (key := row.key) in found:
                    found[key][run.label] = row.outcome
        for result in run.results:
            if result.key in found:
                found[result.key][run.label] = result.outcome
    return found


def _incident(
    number: int, results: list[TestResult], outcomes: dict[str, dict[str, str]]
) -> Incident:
    tests = tuple(_case(result, outcomes.get(result.key, {})) for result in results)
    first = next(iter(results[0].failures), None)
    said = _headline(first) if first else "no message"
    return Incident(
        id=f"unknown-{number}",
        headline=f"{plural(len(tests), 'test')} failed: {said}",
        tests=tests,
        ledger=tuple(_quotes(results)),
    )


def _case(result: TestResult, outcomes: dict[str, str]) -> TestCase:
    return TestCase(
        id=result.id or result.key,
        classname=result.classname,
        name=result.name,
        file=result.file,
        outcomes=outcomes,
    )


def _headline(failure: Failure) -> str:
    line = failure.message.strip().partition("\n")[0][:LONGEST]
    if failure.exception and failure.exception.rpartition(".")[2] not in line:
        return f"{failure.exception}: {line}" if line else failure.exception
    return line or failure.exception or "no message"


def _quotes(results: Iterable[TestResult]) -> Iterator[Item]:
    """Quote the first failure that has words: the line that was raised last, where it stands."""
    for result in results:
        for failure in result.failures:
            lines = list(enumerate(failure.text.split("\n")))
            said = [each for each in lines if each[1].startswith("E ")] or lines
            raised = [each for each in said if failure.exception and failure.exception in each[1]]
            if raised or failure.text.strip():
                number, line = raised[-1] if raised else said[0]
                source = replace(failure.source, line=failure.source.line + number)
                yield Item("failure", "what the first of them says", quote=line, source=source)
                return
