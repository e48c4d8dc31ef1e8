"""Rate limits that were met although nothing failed of them yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from diagnose.diagnosis import Diagnosis, EarlyWarning
from diagnose.model import Run, Source, TestResult
from diagnose.words import plural, some

RANK = 0
MOST_ASKED = 20_000  # tests that passed and wrote something
LONGEST = 1 << 16  # characters of what one of them wrote
REFUSED = "429"
SAID = re.compile(
    r"(?i)\b429\b.{0,3}(?:client error: |error: )?too many requests|too many 429 error responses"
    r"|http/[\d.]+[ \"]+429\b|\bstatus(?:[ _]?code)?[ =:]{1,3}429\b|\brate[ -]limited\b"
    r"|\brate[ -]?limit(?:ing)? (?:was |has been )?(?:exceeded|reached|hit)\b"
    r"|\bbeing throttled\b|\bthrottl\w{1,8}exception\b|x-ratelimit-remaining['\": ]{1,4}0\b"
)
# One of these is in whatever the above can match.
HINTS = ("429", "ate limit", "ate-limit", "ateLimit", "atelimit", "ATE LIMIT", "hrottl")


def look(diagnosis: Diagnosis) -> Iterator[EarlyWarning]:
    """Find refusals in what passing tests and the runner wrote, and in the service's log."""
    if any(incident.cause == "rate_limit" for incident in diagnosis.incidents):
        return  # it is told already, and advised on
    for run in diagnosis.runs:
        yield from _of_tests(run)
        yield from _of_warnings(run)
    yield from _of_service(diagnosis)


def _of_tests(run: Run) -> Iterator[EarlyWarning]:
    passed = (r for r in run.results if r.outcome == "passed" and r.output and not r.attempts)
    told = [(r, said) for r in islice(passed, MOST_ASKED) if (said := _first(r))]
    if told:
        _, (quote, source) = told[0]
        tests = tuple(r.id or r.key for r, _ in told)
        text = f"{run.label}: {plural(len(tests), 'test')} passed although a rate limit said no"
        yield EarlyWarning("rate_limit", f"{text}: {some(tests, 2)}", quote, source, tests)


def _first(result: TestResult) -> tuple[str, Source] | None:
    for output in result.output:
        if found := _line(output.text[:LONGEST]):
            number, quote = found
            line = output.source.line + number if output.source.line else 0
            return quote, Source(output.source.path, line)
    return None


def _line(text: str) -> tuple[int, str] | None:
    if not any(hint in text for hint in HINTS) or not (match := SAID.search(text)):
        return None
    begun = text.rfind("\n", 0, match.start()) + 1
    return text.count("\n", 0, begun), text[begun:].partition("\n")[0].strip()


def _of_warnings(run: Run) -> Iterator[EarlyWarning]:
    for event in run.events:
        if event.kind == "warning" and SAID.search(event.text):
            quote = event.text.partition("\n")[0]
            text = f"{run.label}: a warning tells of a rate limit"
            tests = (event.test,) if event.test else ()
            yield EarlyWarning("rate_limit", text, quote, event.source, tests)
            return


def _of_service(diagnosis: Diagnosis) -> Iterator[EarlyWarning]:
    events = chain(diagnosis.events, *(run.events for run in diagnosis.runs))
    refused = [
        event
        for event in events
        if event.kind == "service.rejected" and event.details.get("status") == REFUSED
    ]
    if refused:
        text = f"the service refused {plural(len(refused), 'request')} for their number (429)"
        quote = refused[0].text.partition("\n")[0]
        yield EarlyWarning("rate_limit", text, quote, refused[0].source)
