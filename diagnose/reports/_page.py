"""What the HTML report says, as plain values: the template only arranges them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any, NamedTuple

from diagnose.diagnosis import Diagnosis, EarlyWarning
from diagnose.model import Input, Problem, Run
from diagnose.reports._advice import advice
from diagnose.reports._charts import charts
from diagnose.reports._comparison import page as compared
from diagnose.reports._incident import (
    NAME,
    QUOTE,
    SENTENCE,
    SHOWN_TESTS,
    anchor,
    incident,
)
from diagnose.reports._kernel_page import kernel
from diagnose.reports._prose import prose
from diagnose.reports._said import (
    BAD,
    Failures,
    failures,
    key,
    parted,
    place,
    told_in_full,
)
from diagnose.reports._summary import headline
from diagnose.reports._text import cut, line

HEADLINE = 220
GLANCE = 140
MESSAGE = 240
LONGEST_PAGE = 20_000
GLANCED = 6
SHOWN_GAPS = 200
ALWAYS = ("tests", "passed", "failed")
SOMETIMES = ("errors", "skipped", "not_run")  # a column of zeros tells nothing


def page(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return all that is on the page, from top to bottom."""
    known = failures(diagnosis.runs)
    said, detail = parted(line(headline(diagnosis), HEADLINE))
    numbers = told_in_full(diagnosis)
    told = [incident(n, diagnosis.incidents[n], diagnosis, known) for n in numbers]
    largest = sorted(told, key=lambda each: -int(each["size"]))
    advised = _advice(diagnosis, {diagnosis.incidents[n].id: n for n in numbers})
    for n, each in zip(numbers, told, strict=True):
        each["advice"] = [one for one in advised if (n + 1, anchor(n)) in one["incidents"]]
    return {
        "title": line(diagnosis.title, 200),
        "headline": said,
        "detail": detail,
        "version": version("diagnose"),
        "main": next(iter(largest), None),
        "first": next((one for each in largest[:1] for one in each["advice"]), None),
        "glance": [_glance(each) for each in largest[:GLANCED]],
        "more_glance": len(diagnosis.incidents) - GLANCED,
        "parallelism": _parallelism(diagnosis),
        "comparison": compared(diagnosis, SHOWN_GAPS),
        "incidents": told,
        "more_incidents": len(diagnosis.incidents) - len(told),
        "advice": advised,
        "kernel": kernel(diagnosis.kernel),
        **_runs(diagnosis.runs),
        "charts": charts(diagnosis),
        "tests": list(_tests(diagnosis, known, set(numbers))),
        "warnings": [_warning(each) for each in diagnosis.warnings[:SHOWN_GAPS]],
        "gaps": [
            {"run": line(gap.run, 80), "text": line(gap.text, SENTENCE), "tests": _named(gap.tests)}
            for gap in diagnosis.gaps[:SHOWN_GAPS]
        ],
        "problems": _problems(diagnosis.problems),
        "pages": list(_pages(diagnosis)),
        "redactions": diagnosis.redactions or 0,
    }


def _advice(diagnosis: Diagnosis, told: dict[str, int]) -> list[dict[str, Any]]:
    """Return the advice, each with (number, anchor) of the incidents that it is for."""
    rows = advice(diagnosis)
    for number, row in enumerate(rows):
        row["anchor"], row["open"] = f"advice-{number + 1}", number == 0
        row["title"] = line(row["title"], SENTENCE)
        numbers = sorted(told[each] for each in row["incidents"] if each in told)
        row["incidents"] = [(n + 1, anchor(n)) for n in numbers]
    return rows


def _glance(told: dict[str, Any]) -> dict[str, Any]:
    """Return an incident in a line: its headline without the number of tests."""
    said, says = told["headline"], told["says"].removeprefix("undetermined, ")
    short = {"headline": line(said.partition(": ")[2] or said, GLANCE), "says": says}
    return told | short | {"detail": line(told["detail"], GLANCE)}


def _named(tests: Sequence[str]) -> list[str]:
    return [line(test, NAME) for test in tests[:SHOWN_TESTS]]


def _warning(told: EarlyWarning) -> dict[str, Any]:
    return {
        "text": line(told.text, SENTENCE),
        "quote": cut(told.quote, QUOTE),
        "place": place(told.source) if told.source else "",
        "tests": _named(told.tests),
    }


def _parallelism(diagnosis: Diagnosis) -> str:
    said = diagnosis.parallelism
    if said.relation == "not_compared" or not diagnosis.incidents:
        return ""
    statement = line(said.statement, SENTENCE)
    return statement[:1].upper() + statement[1:]


def _runs(runs: Sequence[Run]) -> dict[str, Any]:
    counted = [run.counts for run in runs]
    return {
        "runs": [_run(run) for run in runs],
        "counted": [*ALWAYS, *(w for w in SOMETIMES if any(counts[w] for counts in counted))],
        "estimated": any(run.workers_source == "estimated" for run in runs),
    }


def _run(run: Run) -> dict[str, Any]:
    estimated = "≈" if run.workers_source == "estimated" else ""
    return {
        "label": line(run.label, 80),
        "workers": f"{estimated}{run.workers}",
        "counts": run.counts,
        "seconds": "" if run.wall_seconds is None else f"{run.wall_seconds:,.1f} s",
        "complete": run.complete,
        "inputs": [_input(each) for each in run.inputs[:SHOWN_GAPS]],
    }


def _input(each: Input) -> str:
    return f"{line(each.path, NAME)} ({line(each.kind, 40)}, {each.bytes:,} bytes)"


class _Row(NamedTuple):
    """A test that failed anywhere; `incident` is 0 where the page does not tell it in full."""

    id: str
    incident: int
    verdict: str
    cause: str
    file: str
    runs: str
    workers: str
    seconds: str
    message: str


def _tests(diagnosis: Diagnosis, known: Failures, told: set[int]) -> Iterator[_Row]:
    """Yield a row for every test that failed anywhere."""
    for number, each in enumerate(diagnosis.incidents):
        for test in each.tests:
            found = known.get(key(test), [])
            seconds = max((r.seconds for _, r in found if r.seconds is not None), default=None)
            failure = next((f for _, result in found for f in result.failures), None)
            bad = [label for label, outcome in test.outcomes.items() if outcome in BAD]
            yield _Row(
                id=line(test.id, NAME),
                incident=number + 1 if number in told else 0,
                verdict=each.verdict,
                cause=each.cause,
                file=line(test.file, NAME),
                runs=", ".join(line(label, 80) for label in bad),
                workers=", ".join(sorted({line(r.worker, 20) for _, r in found if r.worker})),
                seconds="" if seconds is None else f"{seconds:.2f}",
                message=line(failure.message, MESSAGE) if failure else "",
            )


def _problems(problems: tuple[Problem, ...]) -> list[tuple[str, list[str]]]:
    """Put problems of the same words together."""
    places: dict[str, list[str]] = {}
    for problem in problems:
        places.setdefault(line(problem.message, SENTENCE), []).append(place(problem.source))
    return [(message, found[:SHOWN_TESTS]) for message, found in list(places.items())[:SHOWN_GAPS]]


def _pages(diagnosis: Diagnosis) -> Iterator[dict[str, Any]]:
    """Show what the catalogue knows of the causes that are named."""
    for cause in dict.fromkeys(each.cause for each in diagnosis.incidents):
        if found := diagnosis.pages.get(cause):
            yield {
                "cause": cause,
                "title": line(found.title, 200),
                "prose": prose(found.prose[:LONGEST_PAGE]),
                "remedy": prose(found.remedy[:LONGEST_PAGE]),
            }
