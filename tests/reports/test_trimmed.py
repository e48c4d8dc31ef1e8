"""What no page shows need not be searched for secrets, and the page is the same."""

from dataclasses import replace

import pytest

from diagnose import api
from diagnose.diagnosis import Diagnosis, Incident, TestCase
from diagnose.model import Failure, Run, Source, TestResult
from diagnose.reports import REPORTS
from diagnose.reports._trimmed import trimmed
from tests.sample import sample


@pytest.fixture
def told() -> Diagnosis:
    return replace(sample(), redactions=0)


@pytest.mark.parametrize("format_", sorted(api.SHOWING_EXAMPLES))
def test_a_report_is_the_same_without_what_it_does_not_show(told: Diagnosis, format_: str) -> None:
    assert REPORTS[format_].render(trimmed(told, format_)) == REPORTS[format_].render(told)


def test_a_page_keeps_the_texts_of_the_incidents_that_it_tells() -> None:
    source = Source("report.xml", 7)
    failures = (Failure("failed", "it broke", source, "E   it broke"),)
    names = [f"test_{number}" for number in range(101)]
    results = tuple(TestResult("a", name, "failed", source, failures=failures) for name in names)
    incidents = (Incident(name, name, (TestCase(name, "a", name),)) for name in names)
    told = Diagnosis((Run("main", results=results),), tuple(incidents), redactions=0)
    kept = {
        format_: sum(bool(each.failures[0].text) for each in trimmed(told, format_).runs[0].results)
        for format_ in api.SHOWING_EXAMPLES
    }
    assert kept == {"html": 100, "markdown": 101, "summary": 101}
    assert REPORTS["html"].render(trimmed(told, "html")) == REPORTS["html"].render(told)


def test_texts_beyond_the_examples_are_dropped_and_counts_stay(told: Diagnosis) -> None:
    short = trimmed(replace(told, incidents=()), "html")
    assert not any(f.text for run in short.runs for each in run.results for f in each.failures)
    assert [run.counts for run in short.runs] == [run.counts for run in told.runs]
    assert [len(run.table) for run in short.runs] == [len(run.table) for run in told.runs]
