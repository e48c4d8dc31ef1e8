"""What a `<testcase>` says: its outcome, failures, attempts, and what the test wrote."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, cast
from xml.etree.ElementTree import Element

from diagnose.model import Attempt, Captured, Failure, Outcome, Source, TestResult
from diagnose.readers._failure import (
    crashed_worker,
    exception_name,
    first_line,
    phase_of,
)
from diagnose.readers._junit_output import STREAMS, captured
from diagnose.readers._junit_plain import Child, Kept
from diagnose.readers._junit_tree import FOLDED, line_of, spoken
from diagnose.readers._junit_values import NAN, duration, moment
from diagnose.readers._nodeid import join_nodeid

RANK: tuple[Outcome, ...] = ("error", "failed", "skipped", "passed")
FINAL: dict[str, Outcome] = {"error": "error", "failure": "failed", "skipped": "skipped"}
RERUN: dict[str, Outcome] = {
    "rerunError": "error",
    "rerunFailure": "failed",
    "flakyError": "error",
    "flakyFailure": "failed",
}
RESULTS = FINAL | RERUN
NOT_RUN = {"notrun", "suppressed", "disabled", "skipped", "ignored", "pending"}
STATED: dict[str, Outcome] = {
    "failed": "failed",
    "failure": "failed",
    "errored": "error",
    "error": "error",
}
WORKER = ("worker", "worker_id", "xdist_worker", "xdist_worker_id")

RawRow = tuple[str, str, Outcome, float, str, float]


class Setting(NamedTuple):
    """Where a test case stands."""

    path: str
    suite: str = ""
    pytest: bool = False


def names(attributes: Mapping[str, str], suite: str) -> tuple[str, str]:
    """Return the classname and the name; the suite speaks for a classname that is not there."""
    classname = attributes.get("classname", attributes.get("class"))
    name = attributes.get("name") or attributes.get("testname") or attributes.get("path") or ""
    return suite if classname is None else classname, name


def outcome_stated(attributes: Mapping[str, str]) -> Outcome:
    """Tell the outcome of a test case by its attributes alone."""
    words = {attributes.get("status", "").lower(), attributes.get("result", "").lower()}
    if words == {""}:
        return "passed"
    if words & NOT_RUN:
        return "skipped"
    return next((STATED[word] for word in sorted(words & STATED.keys())), "passed")


def row(attributes: Mapping[str, str], suite: str) -> RawRow:
    """Make a row of a test case without children."""
    start, _ = moment(attributes.get("timestamp", ""))
    seconds = duration(attributes.get("time", attributes.get("duration", "")))
    worker = next((attributes[word] for word in WORKER if word in attributes), "")
    stamp = NAN if start is None else start
    return (*names(attributes, suite), outcome_stated(attributes), seconds, worker, stamp)


def row_of(result: TestResult) -> RawRow | None:
    """Make a row of a result that has nothing to say."""
    if result.failed or result.output or result.attempts:
        return None
    seconds, start = (NAN if value is None else value for value in (result.seconds, result.start))
    return (result.classname, result.name, result.outcome, seconds, result.worker, start)


def made_of(kept: Kept, plain: RawRow, line: int, setting: Setting) -> TestResult:
    """Make a result of a test case that did not go through the parser."""
    final, output = [], list[Captured]()
    for child in kept.children(line):
        if child.tag in FINAL:
            final.append(failure(child, setting))
        else:
            output.extend(captured(child, setting.path, several=setting.pytest))
    outcome = worst(final) if final else "passed"
    bad = outcome in ("failed", "error")
    return TestResult(
        kept.classname,
        kept.name,
        outcome,
        Source(setting.path, line),
        id=join_nodeid(kept.classname, kept.name) if setting.pytest else "",
        seconds=plain[3],
        worker=_crashed(final) if bad else "",
        failures=tuple(final) if bad else (),
        output=tuple(output),
    )


def interpret(case: Element, plain: RawRow, setting: Setting) -> TestResult:
    """Read a test case with all its children; `plain` is what its attributes say."""
    classname, name, outcome, seconds, worker, start = plain
    final, reruns, output, properties = _children(case, setting)
    if final:
        outcome = worst(final)
    elif outcome in ("failed", "error"):
        word = case.get("status") or case.get("result") or outcome
        final = [Failure(outcome, word, Source(setting.path, line_of(case)))]
    bad = outcome in ("failed", "error")
    file = case.get("file", "")
    return TestResult(
        classname,
        name,
        outcome,
        Source(setting.path, line_of(case)),
        id=join_nodeid(classname, name, file) if setting.pytest else "",
        file=file,
        line=_number(case.get("line") or case.get("lineno") or ""),
        seconds=seconds if seconds == seconds else None,
        start=start if start == start else None,
        worker=(_crashed(final) if bad else "") or _worker(properties) or worker,
        failures=tuple(final) if bad else (),
        output=tuple(output),
        attempts=_attempts(outcome, final, reruns) if reruns else (),
        properties=properties,
    )


def _children(
    case: Element, setting: Setting
) -> tuple[list[Failure], list[Failure], list[Captured], dict[str, str]]:
    """Sort a test case's children: results, reruns, output, properties."""
    final: list[Failure] = []
    reruns: list[Failure] = []
    output: list[Captured] = []
    properties: dict[str, str] = {}
    for child in case:
        tag = child.tag
        if tag in FINAL:
            final.append(failure(said(child), setting))
        elif tag in RERUN:
            reruns.append(failure(said(child), setting))
            for inner in child:
                output.extend(captured(said(inner), setting.path, several=setting.pytest))
        elif tag in STREAMS:
            output.extend(captured(said(child), setting.path, several=setting.pytest))
        elif tag == "properties":
            properties |= properties_of(child)
    return final, reruns, output, properties


def _crashed(failures: list[Failure]) -> str:
    return next(filter(None, (crashed_worker(found.message) for found in failures)), "")


def _worker(stated: Mapping[str, str]) -> str:
    return next((stated[word] for word in WORKER if word in stated), "") if stated else ""


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def said(element: Element) -> Child:
    """Return what an element says: a result, or what the test wrote."""
    text, line = spoken(element)
    if element.tag not in RESULTS:
        return Child(element.tag, "", "", text, line, bool(text) and FOLDED in element.attrib)
    if not text and (trace := element.find("stackTrace")) is not None:
        text, line = spoken(trace)
    model = _model(element)
    folded = bool(text) and FOLDED in element.attrib
    return Child(element.tag, model.type or "", model.message or "", text, line, folded)


def failure(child: Child, setting: Setting) -> Failure:
    """Read an element that tells of a failure, a skip, or a failed attempt."""
    message = child.message or first_line(child.text)
    named = exception_name(message, "", child.kind)  # which is all but always there
    return Failure(
        RESULTS[child.tag],
        message,
        Source(setting.path, child.line),
        cast(str, child.said),  # to whoever asks, it is one
        named or exception_name("", child.text),
        phase_of(message) if setting.pytest else "",
        child.folded,
    )


def _model(element: Element) -> Any:
    from junitparser import xunit2

    kinds: dict[str, Any] = xunit2.TestCase.ITER_TYPES
    return kinds[element.tag].fromelem(element)


def _attempts(outcome: Outcome, final: list[Failure], reruns: list[Failure]) -> tuple[Attempt, ...]:
    """List the tries: flaky ones come before the end that was good, reruns after the first."""
    others = [Attempt(rerun.outcome, (rerun,)) for rerun in reruns]
    last = Attempt(outcome, tuple(final))
    return (last, *others) if outcome in ("failed", "error") else (*others, last)


def worst(failures: Sequence[Failure]) -> Outcome:
    """Tell how a test ended that has several results: error, failure, skip, in that order."""
    return min((found.outcome for found in failures), key=RANK.index)


def properties_of(properties: Element) -> dict[str, str]:
    """Read a `<properties>`; a value may be an attribute or a text."""
    found = {}
    for child in properties:
        if name := child.get("name"):
            found[name] = child.get("value") or child.text or ""
    return found


def joined(before: TestResult, now: TestResult) -> TestResult:
    """Make one of two test cases that pytest wrote for one test, one after the other."""
    teardown = now.failures and all(f.phase == "teardown" for f in now.failures)
    if before.failed and teardown:
        both = before.failures + now.failures
        outcome = worst(both)
        return replace(before, outcome=outcome, failures=both, output=before.output + now.output)
    # The rerun plugin leaves an attempt that failed as a test case without a word.
    earlier = (*before.attempts[:-1], Attempt("failed", before.failures))
    return replace(
        now,
        attempts=(*earlier, Attempt(now.outcome, now.failures)),
        output=before.output + now.output,
    )
