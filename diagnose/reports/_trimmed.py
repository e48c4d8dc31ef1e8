"""What no report shows is left out before secrets are looked for: that is most of a long run."""

from __future__ import annotations

from dataclasses import replace

from diagnose.diagnosis import Diagnosis
from diagnose.model import Failure, Run, TestResult
from diagnose.packed import says
from diagnose.reports._said import EXAMPLES, examples, failures, told_in_full


def trimmed(diagnosis: Diagnosis, format: str) -> Diagnosis:  # noqa: A002 - as `render` calls it
    """Keep the texts of the examples that are shown; of a single run, no test that passed."""
    known = failures(diagnosis.runs)
    told = told_in_full(diagnosis) if format == "html" else range(len(diagnosis.incidents))
    shown = {
        id(result)
        for number in told
        for _, _, result, _ in examples(diagnosis.incidents[number], known, EXAMPLES)
    }
    compared = len(diagnosis.runs) > 1
    runs = (_run(run, shown, compared=compared) for run in diagnosis.runs)
    return replace(diagnosis, runs=tuple(runs))


def _run(run: Run, shown: set[int], *, compared: bool) -> Run:
    results = tuple(each if id(each) in shown else _brief(each) for each in run.results)
    drawn = compared or run.workers > 1
    table = run.table if drawn else run.table.nameless()
    return replace(run, results=results, table=table, heard=())


def _brief(result: TestResult) -> TestResult:
    """Keep what a row of a table says of a test."""
    if not any(map(says, result.failures)) and not result.output:
        return result
    failures = tuple(map(_wordless, result.failures))
    return replace(result, failures=failures, output=(), attempts=())


def _wordless(failure: Failure) -> Failure:
    return replace(failure, text="") if says(failure) else failure
